// Pure.
import type { GeneratorSample } from '../../run/generator-sample.ts'
import { isFull, isSaturated, isStarved, isTaken, machineCpus } from './generator-seconds.ts'

/**
 * What is wrong with the machine of the generator in this second, for the live line; undefined when
 * nothing is.
 *
 * @param cpus that k6 may use
 */
export function generatorTrouble(
  sample: GeneratorSample | undefined,
  cpus: number,
): string | undefined {
  if (!sample) return undefined
  if (isSaturated(sample, cpus)) return 'k6 has no CPU to spare'
  const { othersCpuCores = 0 } = sample
  const isWaiting = isStarved(sample)
  if (isTaken(sample, othersCpuCores) && (isWaiting || isFull(sample))) {
    const used = `${othersCpuCores.toFixed(1)} of ${Math.round(machineCpus(sample))} CPUs`
    return `other processes use ${used}${isWaiting ? ', k6 waits' : ''}`
  }
  return isWaiting ? 'k6 waits for a CPU' : undefined
}
