import type { Diagnosis } from './diagnosis.ts'
import type { DiagnosisFacts } from './diagnosis-facts.ts'
import { percent } from './diagnosis-text.ts'

/** Of its CPUs: Grafana's guide to large tests wants a fifth idle, for the peaks between two looks. */
const CPU_SHARE_MAX = 0.8

/** Of the memory that k6 may use: a fifth more users would end it. */
const MEMORY_SHARE_MAX = 0.8

/** k6 had hardly any CPU or memory left. What spoils a run is a fault, and makes it INVALID. */
export function generatorNearLimit({ generator }: DiagnosisFacts): Diagnosis[] {
  const { cpus, k6CpuCores, k6MemoryBytes, memoryLimitBytes, faults } = generator
  const [fault] = faults
  if (fault !== undefined) {
    return [
      diagnosis('The generator was at its limit', `Nothing counts that k6 measured: ${fault}.`),
    ]
  }
  const cpuShare = k6CpuCores ? k6CpuCores.median / cpus : 0
  const memoryShare = k6MemoryBytes && memoryLimitBytes ? k6MemoryBytes.peak / memoryLimitBytes : 0
  const used = [
    ...(cpuShare >= CPU_SHARE_MAX ? [`${percent(cpuShare)} of its ${cpus} CPUs (median)`] : []),
    ...(memoryShare >= MEMORY_SHARE_MAX ? [`${percent(memoryShare)} of its memory`] : []),
  ]
  if (used.length === 0) return []
  return [diagnosis('The generator is near its limit', `k6 used ${used.join(' and ')}.`)]
}

function diagnosis(title: string, text: string): Diagnosis {
  const advice = 'Use fewer users, more think time or a larger machine, apart from the target.'
  return { id: 'generator-near-limit', title, text, advice, severity: 'warning' }
}
