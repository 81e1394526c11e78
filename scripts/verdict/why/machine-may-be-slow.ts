import type { SampleDatabase } from '../../samples/sample-database.ts'
import type { CompiledObjective } from '../../sla/compiled.ts'
import { type Reason, reason } from '../../reasons/reasons.ts'
import type { ExplainedResult } from './case.ts'
import { sumOf } from './course.ts'
import type { ExplainInput } from './explain.ts'
import { readCourse } from './read-course.ts'
import { signsOf } from './signs.ts'
import { subjectOf } from './subject.ts'
import { secondsOfSteps } from './words.ts'

/** Of the slow requests. */
const MOST = 0.5

/** Of the judged time: what is left says nothing of an idle machine. */
const NEARLY_ALL = 0.9

/**
 * Whether a missed latency may be the machine's and not the target's: the seconds without an idle CPU
 * hold most of the requests over the limit, and the rest of the run, if there is one, meets it. Undefined
 * where it is not so, or for an objective that is no latency: a busy CPU makes no status 500.
 */
export async function machineMayBeSlow(
  database: SampleDatabase,
  missed: { compiled: CompiledObjective; result: ExplainedResult },
  input: Pick<
    ExplainInput,
    'timeline' | 'columns' | 'renamedTags' | 'gates' | 'generator' | 'cpus'
  >,
): Promise<Reason | undefined> {
  const { timeline, generator, cpus } = input
  const startUs = timeline[0]?.startUs
  const { compiled, result } = missed
  const subject = subjectOf(compiled.objective, input, result.details)
  if (subject?.kind !== 'slow' || startUs === undefined || generator.length === 0) return undefined
  const course = await readCourse(database, subject, { timeline, bound: result.bound })
  const none = { standstills: [], userLooksUs: [], droppedSeconds: [] }
  const { noIdleCpu } = signsOf(course, { startUs, generator, cpus, ...none })
  const { steps } = course
  const inside = sumOf(steps.filter((_, index) => noIdleCpu.has(index)))
  const all = sumOf(steps)
  const isMost = inside.bad > MOST * all.bad
  const isNearlyAll = noIdleCpu.size >= NEARLY_ALL * steps.length
  const rest = { rows: all.rows - inside.rows, bad: all.bad - inside.bad }
  const isRestSound = rest.bad <= (subject.allowed ?? 0) * rest.rows
  if (!isMost || !(isNearlyAll || isRestSound)) return undefined
  return reason('MACHINE_BUSY', {
    seconds: secondsOfSteps(course, noIdleCpu),
    judgedSeconds: secondsOfSteps(course, new Set(steps.keys())),
    slow: inside.bad,
    allSlow: all.bad,
  })
}
