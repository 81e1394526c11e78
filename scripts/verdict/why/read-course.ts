import type { SampleDatabase } from '../../samples/sample-database.ts'
import type { TimedPhase } from '../../indicators/timeline.ts'
import type { Course, Step } from './course.ts'
import type { Subject } from '../../indicators/from-samples/subject.ts'

/** Fewer rows in a step say nothing of it. */
const ROWS_PER_STEP = 30

/** A longer step hides what lasts two seconds. */
const STEP_SECONDS_MAX = 10

/**
 * Of the bad rows seen: an objective that is missed by a hair has hardly any above its limit, and any
 * second would account for them.
 */
const ALLOWED_SHARE_MAX = 0.5

/** Reads how a missed objective did in each step of its judged time; a rate by what its limit asks for. */
export async function readCourse(
  database: SampleDatabase,
  subject: Subject,
  { timeline, bound }: { timeline: readonly TimedPhase[]; bound: number },
): Promise<Course> {
  const startUs = timeline[0]?.startUs ?? 0
  const rows =
    await database.rows<Row>(`SELECT CAST(floor((began - ${startUs}) / 1e6) AS INTEGER) AS second,
  count(*) AS rows, count(*) FILTER (bad) AS bad, avg(ln(greatest(ms, 0.01))) AS log
FROM (SELECT ${subject.at} AS began, ${subject.bad} AS bad, ${subject.ms} AS ms FROM ${subject.table}
  WHERE ${subject.condition}) GROUP BY 1`)
  const total = rows.reduce((sum, each) => sum + each.rows, 0)
  const perSecond = total / Math.max(1, subject.selection.seconds)
  const stepSeconds = Math.min(STEP_SECONDS_MAX, Math.max(1, Math.ceil(ROWS_PER_STEP / perSecond)))
  const steps = emptySteps(subject, { timeline, startUs, stepSeconds })
  const logs = steps.map(() => 0)
  const byTime = new Map(steps.map(({ at }, index) => [Math.floor(at / stepSeconds), index]))
  for (const { second, rows: count, bad, log } of rows) {
    const index = byTime.get(Math.floor(second / stepSeconds))
    const step = index === undefined ? undefined : steps[index]
    if (!step || index === undefined) continue
    step.rows += count
    step.bad += bad
    logs[index] = (logs[index] ?? 0) + (log ?? 0) * count
    if (log !== null) step.usualMs = Math.exp((logs[index] ?? 0) / step.rows)
  }
  const ends = subject.selection.spans.map(({ endUs }) => (endUs - startUs) / 1e6)
  const endSeconds = Math.ceil(Math.max(0, ...ends))
  if (subject.kind === 'too-few')
    return { ...missing(steps, bound * stepSeconds), stepSeconds, endSeconds }
  const seen = steps.reduce((sum, { bad }) => sum + bad, 0) / Math.max(1, total)
  const allowed = Math.min(subject.allowed ?? 1, ALLOWED_SHARE_MAX * seen)
  return { steps, stepSeconds, endSeconds, allowed }
}

interface Row {
  second: number
  rows: number
  bad: number
  log: number | null
}

// What is missing is bad: of so many rows that a step should have.
function missing(steps: readonly Step[], expected: number): Pick<Course, 'steps' | 'allowed'> {
  const counted = steps.map((step) => {
    return { ...step, rows: expected, bad: Math.max(0, expected - step.rows) }
  })
  const seen = counted.reduce((sum, { bad }) => sum + bad, 0) / (expected * steps.length)
  return { steps: counted, allowed: ALLOWED_SHARE_MAX * seen }
}

function emptySteps(
  { selection }: Subject,
  {
    timeline,
    startUs,
    stepSeconds,
  }: { timeline: readonly TimedPhase[] } & Record<'startUs' | 'stepSeconds', number>,
): Step[] {
  const steps: Step[] = []
  const seen = new Set<number>()
  for (const span of selection.spans) {
    const first = Math.floor((span.startUs - startUs) / 1e6 / stepSeconds)
    const end = Math.ceil((span.endUs - startUs) / 1e6 / stepSeconds)
    for (let number = first; number < end; number++) {
      const at = number * stepSeconds
      if (seen.has(number)) continue
      seen.add(number)
      steps.push({
        at,
        phase: phaseAt(startUs + (at + stepSeconds / 2) * 1e6, timeline),
        rows: 0,
        bad: 0,
      })
    }
  }
  return steps
}

function phaseAt(us: number, timeline: readonly TimedPhase[]): string {
  const phase = timeline.find(({ startUs, endUs }) => us >= startUs && us < endUs)
  return phase?.name ?? timeline.at(-1)?.name ?? ''
}
