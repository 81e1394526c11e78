// Pure.
import type { GeneratorSample } from './generator-sample.ts'
import type { GeneratorSecond } from './generator-second.ts'

/** The kept part of what was seen of a generator; a second whose CPU is not known is left out. */
export function perSecondOf(samples: readonly GeneratorSample[]): GeneratorSecond[] {
  return samples.flatMap((sample): GeneratorSecond[] => {
    const { k6CpuCores, othersCpuCores, idleCpuCores, sandboxCpuCores, k6MemoryBytes } = sample
    if (k6CpuCores === undefined || othersCpuCores === undefined) return []
    if (idleCpuCores === undefined) return []
    const { k6WaitingThreads, k6PausedShare, stealCpuCores = 0, spanMs } = sample
    const spanSeconds = spanMs / 1_000
    return [
      {
        atMs: sample.atMs,
        k6Cpu: k6CpuCores,
        ...(sandboxCpuCores !== undefined && { sandboxCpu: sandboxCpuCores }),
        othersCpu: othersCpuCores,
        idleCpu: idleCpuCores,
        stealCpu: stealCpuCores,
        ...(k6WaitingThreads !== undefined && { k6WaitSeconds: k6WaitingThreads * spanSeconds }),
        ...(k6PausedShare !== undefined && { gcPauseSeconds: k6PausedShare * spanSeconds }),
        ...(k6MemoryBytes !== undefined && { k6MemoryBytes }),
      },
    ]
  })
}

/**
 * At most so many points of a long run: each stands for the same number of neighbours, with their mean
 * CPU, the sum of their waits and pauses, and the highest memory.
 */
export function thinned(seconds: readonly GeneratorSecond[], most: number): GeneratorSecond[] {
  const size = Math.ceil(seconds.length / most)
  if (size <= 1) return [...seconds]
  return Array.from({ length: Math.ceil(seconds.length / size) }, (_, index) => {
    return joined(seconds.slice(index * size, (index + 1) * size))
  })
}

const MEANS = ['k6Cpu', 'sandboxCpu', 'othersCpu', 'idleCpu', 'stealCpu'] as const
const SUMS = ['k6WaitSeconds', 'gcPauseSeconds', 'gcCpuSeconds'] as const

function joined(group: readonly GeneratorSecond[]): GeneratorSecond {
  const valuesOf = (name: keyof GeneratorSecond) => group.flatMap((second) => second[name] ?? [])
  const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)
  const entries = [
    ...MEANS.map((name) => [name, mean(valuesOf(name))] as const),
    ...SUMS.map(
      (name) => [name, valuesOf(name).length > 0 ? sum(valuesOf(name)) : undefined] as const,
    ),
  ].filter(([, value]) => value !== undefined)
  const bytes = valuesOf('k6MemoryBytes')
  return {
    ...(Object.fromEntries(entries) as Omit<GeneratorSecond, 'atMs'>),
    atMs: group.at(-1)?.atMs ?? 0,
    ...(bytes.length > 0 && { k6MemoryBytes: Math.max(...bytes) }),
  }
}

function mean(values: readonly number[]): number | undefined {
  return values.length > 0 ? values.reduce((a, b) => a + b, 0) / values.length : undefined
}
