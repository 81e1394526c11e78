// Pure.
import type { GeneratorSample } from '../../generator/generator-sample.ts'
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
  const { othersCpuCores = 0, stealCpuCores = 0 } = sample
  const isWaiting = isStarved(sample)
  if (isWaiting || isFull(sample)) {
    const waits = isWaiting ? ', k6 waits' : ''
    const used = (cores: number): string =>
      `${cores.toFixed(1)} of ${Math.round(machineCpus(sample))} CPUs${waits}`
    if (isTaken(sample, othersCpuCores)) return `other processes use ${used(othersCpuCores)}`
    if (isTaken(sample, stealCpuCores)) return `the host takes ${used(stealCpuCores)}`
  }
  return isWaiting ? 'k6 waits for a CPU' : undefined
}
