import { reason, type Reason } from '../reasons/reasons.ts'
import { type RunInPrometheus, sumOf, valuesOf } from '../indicators/from-series/run-series.ts'

/** More than this many intervals without a push, and at least so many seconds, is a push that was lost. */
const GAP_INTERVALS = 2.5
const GAP_SECONDS_MIN = 3

/** Why what Prometheus has may not be the whole run. */
export function pushFaults(run: RunInPrometheus, isEnded: boolean): Reason[] {
  const gaps = run.processes.map(longestGap)
  const longest = Math.max(0, ...gaps)
  const lost = Math.max(0, sumOf(valuesOf(run, 'k6_verdict_lost_pushes_total')))
  return [
    ...(longest > 0 ? [reason('PUSHES_LATE', { seconds: longest })] : []),
    ...(lost > 0 ? [reason('PUSHES_LOST', { pushes: lost })] : []),
    ...(isEnded ? [] : [reason('END_UNKNOWN', {})]),
  ]
}

function longestGap({ users }: RunInPrometheus['processes'][number]): number {
  const times = users.map(([seconds]) => seconds)
  const gaps = times.slice(1).map((seconds, index) => seconds - (times[index] ?? seconds))
  const usual = [...gaps].sort((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 0
  const longest = Math.max(0, ...gaps)
  return longest > Math.max(GAP_SECONDS_MIN, GAP_INTERVALS * usual) ? longest : 0
}
