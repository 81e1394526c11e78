import type { Objective } from './objective.ts'
import { measureCapacity } from './from-samples/measure-capacity.ts'
import { measureDrift } from './drift.ts'
import { measureLatency } from './from-samples/measure-percentile.ts'
import { measureRatio } from './from-samples/measure-ratio.ts'
import { measureRecoveryTime } from './from-samples/measure-recovery.ts'
import { measureStatistic } from './statistic.ts'
import { measureDelivered, measureTotal } from './from-samples/measure-total.ts'
import type { MeasureContext, Measurement } from './from-samples/measurement.ts'

/** Computes an objective's indicator from the judged tables. */
export function measure(objective: Objective, context: MeasureContext): Promise<Measurement> {
  const { indicator } = objective
  switch (indicator.kind) {
    case 'latency':
      return measureLatency(objective, indicator.percentile, context)
    case 'error-ratio':
    case 'availability':
    case 'share':
    case 'apdex':
      return measureRatio(objective, context)
    case 'rate':
    case 'count':
      return measureTotal(objective, indicator.metric, context)
    case 'delivered-load':
      return measureDelivered(objective, context)
    case 'statistic':
      return measureStatistic(objective, indicator.statistic, context)
    case 'drift':
      return measureDrift(objective, indicator.percentile, context)
    case 'slo-capacity':
      return measureCapacity(objective, context)
    case 'recovery-time':
      return measureRecoveryTime(objective, context)
  }
}
