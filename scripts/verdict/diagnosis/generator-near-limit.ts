import { type Diagnosis, percent } from './diagnosis.ts'
import type { DiagnosisFacts } from './diagnosis-facts.ts'

/** A fault is among the reasons of the verdict, too. */
export const GENERATOR_FAULT = 'generator-fault'

/** Of its CPUs: Grafana's guide to large tests wants a fifth idle, for the peaks between two looks. */
const CPU_SHARE_MAX = 0.8

/** Of the memory that k6 may use: a fifth more users would end it. */
const MEMORY_SHARE_MAX = 0.8

/**
 * k6 had hardly any CPU or memory left. A fault of the generator is reported as it is: the verdict is INVALID
 * for it.
 */
export function generatorNearLimit({ generator }: DiagnosisFacts): Diagnosis[] {
  const { cpus, k6CpuCores, k6MemoryBytes, memoryLimitBytes, faults } = generator
  if (faults.length > 0) return faults.map(({ text }) => faultDiagnosis(text))
  const cpuShare = k6CpuCores ? k6CpuCores.median / cpus : 0
  const memoryShare = k6MemoryBytes && memoryLimitBytes ? k6MemoryBytes.peak / memoryLimitBytes : 0
  const used = [
    ...(cpuShare >= CPU_SHARE_MAX ? [`${percent(cpuShare)} of its ${cpus} CPUs (median)`] : []),
    ...(memoryShare >= MEMORY_SHARE_MAX ? [`${percent(memoryShare)} of its memory`] : []),
  ]
  if (used.length === 0) return []
  return [
    {
      id: 'generator-near-limit',
      title: 'The generator is near its limit',
      text: `k6 used ${used.join(' and ')}.`,
      advice: 'Use fewer users, more think time or a larger machine, apart from the target.',
      severity: 'warning',
    },
  ]
}

// A fault is a sentence part, a colon, and what to do.
function faultDiagnosis(fault: string): Diagnosis {
  const colon = fault.lastIndexOf(': ')
  const [text, advice] = [fault.slice(0, colon), fault.slice(colon + 2)].map(sentence)
  return {
    id: GENERATOR_FAULT,
    title: 'The generator spoiled the measurement',
    text: text ?? fault,
    advice: advice ?? '',
    severity: 'warning',
  }
}

function sentence(text: string): string {
  // k6 keeps its small letter.
  const start = text.startsWith('k6') ? 'k6' : text.slice(0, 1).toUpperCase()
  return `${start}${text.slice(start.length)}.`
}
