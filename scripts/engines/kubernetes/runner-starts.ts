// When the load of each runner began, as its log says, and how far apart that was.
import type { K6Log } from '../../k6/k6-log.ts'
import { reason, type Reason } from '../../reasons/reasons.ts'
import { skewFault, startSkewMs } from '../../segments/start-skew.ts'
import type { WrittenRun } from './written-run.ts'
import type { Runner } from './wait-for-runners.ts'

/** What a runner's log tells. */
export interface RunnerLog extends K6Log {
  runner: Runner
}

/** Regions are TestRuns of their own, and the operator starts one after the other. */
const REGIONS_SKEW_SHARE = 0.02
const REGIONS_SKEW_MS_MIN = 5_000

// The runners of one TestRun are started together.
export function startFaults(written: WrittenRun, logs: readonly RunnerLog[]): Reason[] {
  const testRuns = [...new Set(logs.map(({ runner }) => runner.testRun))]
  const within = testRuns.flatMap((name) => {
    return skewFault(startsOf(logs.filter(({ runner }) => runner.testRun === name)))
  })
  const skewMs = regionsSkewMs(logs)
  const allowedMs = written.planned.evaluated.plan.durationSeconds * 1_000 * REGIONS_SKEW_SHARE
  if (skewMs <= Math.max(REGIONS_SKEW_MS_MIN, allowedMs)) return within
  return [...within, reason('STARTED_APART', { seconds: skewMs / 1_000, what: 'regions' })]
}

/** How uncertain the edges of phases are, where regions began apart. */
export function startNotes(logs: readonly RunnerLog[]): Reason[] {
  const skewMs = regionsSkewMs(logs)
  if (skewMs < 1_000) return []
  return [reason('PHASES_BLURRED', { seconds: skewMs / 1_000 })]
}

function regionsSkewMs(logs: readonly RunnerLog[]): number {
  const testRuns = [...new Set(logs.map(({ runner }) => runner.testRun))]
  const starts = testRuns.flatMap((name) => {
    const own = startsOf(logs.filter(({ runner }) => runner.testRun === name))
    return own.length > 0 ? [Math.min(...own)] : []
  })
  return startSkewMs(starts)
}

function startsOf(logs: readonly RunnerLog[]): number[] {
  return logs.flatMap(({ startedAtMs }) =>
    startedAtMs.length > 0 ? [Math.min(...startedAtMs)] : [],
  )
}

/** Start of the load; undefined where no runner began it. */
export function startOf(logs: readonly RunnerLog[]): number | undefined {
  const starts = startsOf(logs)
  return starts.length > 0 ? Math.min(...starts) : undefined
}
