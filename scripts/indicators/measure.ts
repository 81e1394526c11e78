import type { MeasureContext, MeasuredValue, Measurement } from './from-samples/measurement.ts'
import { recordOf, samplesNeeded } from './indicators.ts'
import type { Objective } from './objective.ts'

/** Computes an objective's indicator from the judged tables. */
export function measure(objective: Objective, context: MeasureContext): Promise<Measurement> {
  return recordOf(objective.indicator).measure(objective, { ...context, measureValue })
}

async function measureValue(objective: Objective, context: MeasureContext): Promise<MeasuredValue> {
  const { samples, value, isMissed } = await measure(objective, context)
  if (isMissed) return { isMissed }
  return value === undefined || samples < samplesNeeded(objective) ? {} : { value }
}
