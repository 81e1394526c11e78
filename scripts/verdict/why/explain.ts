import type { GeneratorSecond } from '../../generator/generator-second.ts'
import type { SampleDatabase } from '../../samples/sample-database.ts'
import type { CompiledObjective } from '../../sla/compiled.ts'
import type { MeasureContext } from '../../indicators/from-samples/measurement.ts'
import { judgedPhases } from '../../indicators/judged-span.ts'
import { type Span, spansOf } from '../../indicators/timeline.ts'
import type { Case, ExplainedResult, Finding } from './case.ts'
import type { Cause, CauseData } from './cause.ts'
import { causeOf } from './cause-of.ts'
import { findFailed, findTooFew } from './find-failed.ts'
import { findSlow } from './find-slow.ts'
import { findUnrecovered } from './find-unrecovered.ts'
import { readCourse } from './read-course.ts'
import { joinSpans, readLoad, readSilences } from './read-rows.ts'
import { signsOf } from './signs.ts'
import type { Subject } from '../../indicators/from-samples/subject.ts'
import { subjectOf } from './subject.ts'

/** What a run's causes are looked for in, beside its tables `requests` and `samples`. */
export interface ExplainInput extends Pick<
  MeasureContext,
  'plan' | 'timeline' | 'columns' | 'renamedTags' | 'gates'
> {
  /** As compiled for the run; results have the same order. */
  objectives: readonly CompiledObjective[]
  results: readonly ExplainedResult[]
  standstills: readonly Span[]
  /** Empty where nothing is known of the generator. */
  generator: readonly GeneratorSecond[]
  /** Of the generator's machine. */
  cpus: number
}

/** Each costs some queries, and more would not be read. */
const OBJECTIVES_MAX = 6

/**
 * Says why each objective was missed, or is close to it: when, where, what else was unusual then, and
 * what its number is without those requests. Required objectives come first, then the worst ones.
 * Objectives that were missed for the same reason share one cause. A run whose objectives all pass, none
 * of them close, has none.
 */
export async function explain(database: SampleDatabase, input: ExplainInput): Promise<Cause[]> {
  const missed = missedOf(input)
  const startUs = input.timeline[0]?.startUs
  if (missed.length === 0 || startUs === undefined) return []
  const load = await readLoad(database, startUs)
  const judged = spansOf(input.timeline, judgedPhases(undefined, input.timeline))
  const silences = await readSilences(database, judged)
  const standstills = joinSpans([...input.standstills, ...silences])
  const causes: Cause[] = []
  for (const each of missed) {
    const cause = await explainOne(database, {
      ...each,
      input: { ...input, standstills },
      load,
      startUs,
    })
    if (cause) addCause(causes, cause)
  }
  return causes
}

interface Missed {
  compiled: CompiledObjective
  result: ExplainedResult
}

function missedOf({ objectives, results }: ExplainInput): Missed[] {
  const missed = results.flatMap((result, index): Missed[] => {
    const compiled = objectives[index]
    const isMissed = result.verdict === 'FAIL' || result.isClose === true
    if (!compiled || compiled.isGate === true || !isMissed) return []
    return [{ compiled, result }]
  })
  const rank = ({ result }: Missed): number =>
    (result.level === 'required' ? 0 : 2) + (result.verdict === 'FAIL' ? 0 : 1)
  // What has no number never came to an end.
  const worse = ({ result: { measured = Infinity, bound } }: Missed): number =>
    Math.abs(Math.log(Math.max(measured, 1e-9) / Math.max(bound, 1e-9)))
  return missed
    .sort((one, other) => rank(one) - rank(other) || worse(other) - worse(one))
    .slice(0, OBJECTIVES_MAX)
}

interface OneInput extends Missed {
  input: ExplainInput
  load: Awaited<ReturnType<typeof readLoad>>
  startUs: number
}

async function explainOne(database: SampleDatabase, one: OneInput): Promise<Cause | undefined> {
  const { compiled, result, input, load, startUs } = one
  const subject = subjectOf(compiled.objective, input, result.details)
  if (!subject) return undefined
  const { timeline, columns, generator, cpus, standstills, plan } = input
  const course = await readCourse(database, subject, { timeline, bound: result.bound })
  const of: Case = {
    database,
    columns,
    timeline,
    model: plan.model,
    startUs,
    subject,
    course,
    signs: signsOf(course, { startUs, generator, cpus, standstills, ...load }),
    standstills,
    generator,
    cpus,
    dropped: load.dropped,
  }
  if (!course.steps.some(({ bad }) => bad > 0)) return undefined
  const finding = await FINDERS[subject.kind](of)
  return causeOf(of, finding, result)
}

const FINDERS: Record<Subject['kind'], (of: Case) => Promise<Finding>> = {
  slow: findSlow,
  failed: findFailed,
  'too-few': findTooFew,
  unrecovered: findUnrecovered,
}

// The same code, place and time: one cause for several objectives.
function addCause(causes: Cause[], cause: Cause): void {
  const same = causes.find(({ code, data }) => {
    return code === cause.code && data.where === cause.data.where && doMeet(data, cause.data)
  })
  if (!same) {
    causes.push(cause)
    return
  }
  const { objectiveId, measured, limit, without } = cause.data
  same.data.alsoMissed.push({
    objectiveId,
    ...(measured !== undefined && { measured }),
    limit,
    ...(without !== undefined && { without }),
  })
  const [only] = same.data.alsoMissed
  const more = same.data.alsoMissed.length
  if (more === 1 && only) same.text += `; so was ${only.objectiveId}`
  else same.text = same.text.replace(/; so (?:was|were) .*$/, `; so were ${more} other objectives`)
}

function doMeet({ when }: CauseData, { when: other }: CauseData): boolean {
  if (when.length === 0 || other.length === 0) return when.length === other.length
  return when.some(({ startSeconds, endSeconds }) => {
    return other.some((each) => each.startSeconds < endSeconds && each.endSeconds > startSeconds)
  })
}
