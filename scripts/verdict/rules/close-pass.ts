import { recordOf } from '../../indicators/indicators.ts'
import type { Objective } from '../../indicators/objective.ts'
import { formatMeasure } from '../../core/format-measure.ts'
import { meets } from '../../core/limit.ts'
import type { Measurement } from '../../indicators/from-samples/measurement.ts'
import { reason, type Reason } from '../../reasons/reasons.ts'
import { Z } from '../../statistics/ratio-interval.ts'

/**
 * Why a PASS is close although nothing has failed: too few samples prove a limit such as >= 99.9 %. By the
 * interval of ratios (Wilson's) n samples without a failure prove a share of failures below z^2 / (n + z^2).
 *
 * @returns undefined where something has failed, or where the samples are enough
 */
export function noFailureSeen(
  { indicator, limit }: Pick<Objective, 'indicator' | 'limit'>,
  { value, samples, interval }: Measurement,
  run: PlannedRun,
): Reason | undefined {
  const isUpper = limit.operator.startsWith('<')
  if (!recordOf(indicator).isProportion || !interval || value !== (isUpper ? 0 : 1))
    return undefined
  const worst = isUpper ? interval.high : interval.low
  if (meets(worst, limit)) return undefined
  const allowed = isUpper ? limit.value : 1 - limit.value
  const exact = Z ** 2 / allowed - Z ** 2
  const needed = Math.max(samples + 1, Math.floor(exact + 1e-6) + 1)
  return reason('NO_FAILURE_SEEN', {
    samples,
    proven: `${isUpper ? 'at most ' : ''}${formatMeasure(worst, limit.unit)}`,
    needed,
    ...enough(run, needed / samples),
  })
}

/** How long a run is planned to be: in seconds and, where it counts them, in iterations. */
export interface PlannedRun {
  seconds: number
  iterations?: number | undefined
}

function enough({ seconds, iterations }: PlannedRun, times: number) {
  return iterations === undefined
    ? { durationSeconds: Math.ceil(seconds * times) }
    : { iterations: Math.ceil(iterations * times) }
}

/** Why a PASS is close although its interval is clear: the corrected value misses the limit. */
export function correctedMisses(
  { limit }: Pick<Objective, 'limit'>,
  { corrected }: Measurement,
): Reason | undefined {
  if (corrected === undefined || meets(corrected, limit)) return undefined
  const text = formatMeasure(corrected, limit.unit)
  return reason('COORDINATED_OMISSION', { corrected: text, limit: limit.text })
}
