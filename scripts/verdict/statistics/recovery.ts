import {
  type BaselineBand,
  baselineBand,
  isGoodSecond,
  LEAST_BASELINE_SECONDS,
  type RunSecond,
} from './baseline-band.ts'

/** Whole seconds, the end excluded. */
export interface Span {
  startSecond: number
  endSecond: number
}

export interface RecoveryInput {
  /** In any order; one that is missing had no requests. */
  seconds: readonly RunSecond[]
  /** A quiet time before the disturbance; a minute is best. */
  baseline: Span
  /** The spike or the fault, as the runner made it. */
  disturbance: Span
}

/** What the disturbance did, until the recovery or the end of the run. */
export interface Damage {
  band: BaselineBand
  /** First second since its start that was not good; undefined when all were. */
  detectedSecond: number | undefined
  /** Highest p95 by the median of the baseline; undefined when no request succeeded. */
  peakRatio: number | undefined
  /** Sum over the seconds above the band of p95 by that median, less 1: 2 is two seconds at double. */
  excessRatioSeconds: number
}

export type Recovery =
  | ({ outcome: 'RECOVERED'; recoverySeconds: number } & Damage)
  /** Not within the seconds since the end of the disturbance that were recorded. */
  | ({ outcome: 'NOT_RECOVERED'; observedSeconds: number } & Damage)
  | { outcome: 'NO_DATA'; reason: string }

const GOOD_SECONDS_IN_A_ROW = 5

/**
 * How long a target took, from the end of a spike or a fault, to be as it was before: to the first of at
 * least five good seconds in a row. A second is good when 95 % of its requests succeeded and their p95
 * was within the band of the baseline.
 */
export function measureRecovery({ seconds, baseline, disturbance }: RecoveryInput): Recovery {
  const bySecond = new Map(seconds.map((each) => [each.second, each]))
  const rows = ({ startSecond, endSecond }: Span) =>
    seconds.filter(({ second }) => second >= startSecond && second < endSecond)
  const { startSecond, endSecond } = disturbance
  const runEnd = seconds.reduce((end, { second }) => Math.max(end, second + 1), endSecond)

  const band = baselineBand(rows(baseline))
  if (band === undefined) {
    return noData(`the baseline has fewer than ${LEAST_BASELINE_SECONDS} good seconds`)
  }
  if (runEnd - endSecond < GOOD_SECONDS_IN_A_ROW) {
    return noData(
      `the run ended ${runEnd - endSecond} s after the disturbance, at least ${GOOD_SECONDS_IN_A_ROW} s are needed`,
    )
  }

  const isGood = (second: number) => isGoodSecond(bySecond.get(second), band)
  const recoveredSecond = firstGoodRow({ startSecond: endSecond, endSecond: runEnd }, isGood)
  const affected = { startSecond, endSecond: recoveredSecond ?? runEnd }
  const damage = {
    detectedSecond: firstBad(affected, isGood),
    ...latencyDamage(rows(affected), band),
  }
  return recoveredSecond === undefined
    ? { outcome: 'NOT_RECOVERED', observedSeconds: runEnd - endSecond, ...damage }
    : { outcome: 'RECOVERED', recoverySeconds: recoveredSecond - endSecond, ...damage }
}

function noData(reason: string): Recovery {
  return { outcome: 'NO_DATA', reason }
}

type IsGood = (second: number) => boolean

function firstGoodRow({ startSecond, endSecond }: Span, isGood: IsGood): number | undefined {
  let inARow = 0
  for (let second = startSecond; second < endSecond; second++) {
    inARow = isGood(second) ? inARow + 1 : 0
    if (inARow === GOOD_SECONDS_IN_A_ROW) return second - GOOD_SECONDS_IN_A_ROW + 1
  }
  return undefined
}

function firstBad({ startSecond, endSecond }: Span, isGood: IsGood): number | undefined {
  for (let second = startSecond; second < endSecond; second++) {
    if (!isGood(second)) return second
  }
  return undefined
}

function latencyDamage(
  affected: readonly RunSecond[],
  band: BaselineBand,
): Omit<Damage, 'detectedSecond'> {
  const p95s = affected.flatMap(({ p95Ms }) => (p95Ms === undefined ? [] : [p95Ms]))
  const above = p95s.filter((p95Ms) => p95Ms > band.highMs)
  return {
    band,
    peakRatio:
      p95s.length === 0
        ? undefined
        : p95s.reduce((most, p95Ms) => Math.max(most, p95Ms)) / band.medianMs,
    excessRatioSeconds: above.reduce((sum, p95Ms) => sum + p95Ms / band.medianMs - 1, 0),
  }
}
