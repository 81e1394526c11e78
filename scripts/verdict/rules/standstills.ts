import { judgedPhases } from '../../indicators/judged-span.ts'
import type { MeasureContext } from '../../indicators/from-samples/measurement.ts'
import { type BusySecond, findSilences, type Silence } from './silences.ts'
import { type Span, spansOf, type TimedPhase } from '../../indicators/timeline.ts'
import { DUE_IN_SILENCE } from '../../indicators/from-samples/windows-of.ts'

/** A time in which no request was answered although many were due. */
export interface Standstill extends Span {
  seconds: number
  /** In which it began. */
  phase: string
  /** It lasted until the load was over. */
  reachesEnd: boolean
}

/** Slower than this many usual responses is no usual response: three of four take no longer than one. */
const USUAL_TIMES = 2

/** Users in lockstep are silent for up to one iteration of theirs. */
const PERIOD_TIMES = 1.5

/**
 * The standstills of the judged time: silences in which at least 14 answers were due, and which are no habit of the
 * load. While users wait for the target, a request is under way, for much longer than usual. Where none is, k6 or the
 * network stood still, or the users of a closed model pause in lockstep: then it has to be longer than their
 * iterations.
 *
 * Answers are what is counted: in the closed model no request begins without one, and in the open model
 * requests begin however long the target hangs.
 *
 * @param ranUntilUs the time of the last sample of any kind: a run that was ended early is not silent afterwards
 */
export async function standstills(
  context: Pick<MeasureContext, 'database' | 'plan' | 'timeline' | 'columns'>,
  ranUntilUs: number,
): Promise<Standstill[]> {
  const { database, plan, timeline, columns } = context
  const start = timeline[0]
  const end = timeline.at(-1)
  if (!start || !end || ['once', 'mixed'].includes(plan.model)) return []
  // How an operation ended says nothing of who ended it.
  const isOfOperations = 'NOT EXISTS (FROM requests)'
  const isAnswered = columns.includes('status')
    ? `(NOT failed OR TRY_CAST(status AS INTEGER) > 0 OR ${isOfOperations})`
    : `(NOT failed OR ${isOfOperations})`
  const busy = await database.rows<BusySecond>(
    `SELECT end_us // 1000000 AS second, count(*) AS count, min(end_us) AS "firstUs", max(end_us) AS "lastUs"
FROM (SELECT ${END_US} AS end_us FROM traffic WHERE ${isAnswered}) GROUP BY 1 ORDER BY 1`,
  )
  const span = { startUs: start.startUs, endUs: Math.min(end.endUs, ranUntilUs) }
  const silences = findSilences(busy, timeline, span)
  if (silences.length === 0) return []
  const unusual = await withoutHabits(silences, context)
  return unusual.flatMap((silence) => judgedParts(silence, timeline, span))
}

const END_US = 'at_us + CAST(round(duration_ms * 1000) AS BIGINT)'

interface UnderWay {
  startUs: number
  waiting: number
}

async function withoutHabits(
  silences: readonly Silence[],
  { database, timeline }: Pick<MeasureContext, 'database' | 'timeline'>,
): Promise<Silence[]> {
  const [usual] = await database.rows<{ durationMs: number }>(
    'SELECT quantile_cont(duration_ms, 0.75) AS "durationMs" FROM traffic WHERE phase IS NOT NULL',
  )
  const [iterations] = await database.rows<{ periodMs: number | null }>(
    `SELECT median(value) AS "periodMs" FROM samples WHERE metric = 'iteration_duration' AND phase IS NOT NULL`,
  )
  // Under way for at least half of the silence.
  const gaps = silences.map(({ startUs, endUs }) => `(${startUs}, ${endUs})`)
  const rows = await database.rows<UnderWay>(
    `SELECT start_us AS "startUs", count(*) AS waiting FROM (VALUES ${gaps.join(', ')}) AS gaps(start_us, end_us)
JOIN (SELECT at_us, ${END_US} AS done_us FROM traffic WHERE duration_ms >= 500) ON at_us < end_us AND done_us > start_us
WHERE least(done_us, end_us) - greatest(at_us, start_us) >= (end_us - start_us) / 2 GROUP BY 1`,
  )
  const waiting = new Map(rows.map(({ startUs, waiting: count }) => [startUs, count]))
  const usualMs = USUAL_TIMES * (usual?.durationMs ?? 0)
  const periodMs = PERIOD_TIMES * (iterations?.periodMs ?? Infinity)
  return silences.filter(({ startUs, endUs }) => {
    const lengthMs = (endUs - startUs) / 1_000
    if (waiting.has(startUs)) return lengthMs > usualMs
    // Before the first request there is no load that could be silent.
    return startUs > (timeline[0]?.startUs ?? 0) && lengthMs > periodMs
  })
}

// Warm-up and ramp-down are nobody's service level.
function judgedParts(silence: Silence, timeline: readonly TimedPhase[], ran: Span): Standstill[] {
  const spans = spansOf(timeline, judgedPhases(undefined, timeline))
  const lastUs = spans.at(-1)?.endUs
  return spans.flatMap((span): Standstill[] => {
    const startUs = Math.max(span.startUs, silence.startUs)
    const endUs = Math.min(span.endUs, silence.endUs)
    if (endUs <= startUs) return []
    const part = (endUs - startUs) / (silence.endUs - silence.startUs)
    if (silence.expected * part < DUE_IN_SILENCE) return []
    const phase = timeline.find((each) => startUs >= each.startUs && startUs < each.endUs)
    return [
      {
        startUs,
        endUs,
        seconds: (endUs - startUs) / 1_000_000,
        phase: phase?.name ?? '',
        // One that ends in the ramp-down is over before the load is.
        reachesEnd: endUs === lastUs && silence.endUs >= ran.endUs,
      },
    ]
  })
}
