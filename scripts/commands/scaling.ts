import { scaleReplicas } from '../scaling/scale-replicas.ts'
import { checkScalingUsage, type ScalingOptions } from '../scaling/scaling-options.ts'

/** Measures a target with more and more replicas; the exit code says the verdict. */
export async function scaling(options: ScalingOptions): Promise<number> {
  checkScalingUsage(options)
  return scaleReplicas(options)
}
