import type { MeasureContext, Measurement } from './from-samples/measurement.ts'
import { recordOf, samplesNeeded } from './indicators.ts'
import type { Objective } from './objective.ts'

/** Computes an objective's indicator from the judged tables. */
export function measure(objective: Objective, context: MeasureContext): Promise<Measurement> {
  return recordOf(objective.indicator).measure(objective, { ...context, measureValue })
}

async function measureValue(
  objective: Objective,
  context: MeasureContext,
): Promise<number | undefined> {
  const { samples, value } = await measure(objective, context)
  return samples < samplesNeeded(objective) ? undefined : value
}
