// Pure.
import type { GeneratorSample } from './generator-sample.ts'
import type { GeneratorSecond } from './generator-second.ts'

/** A tenth of a millisecond of CPU is finer than any counter. */
const DIGITS = 4

/** The kept part of what was seen of a generator; a second whose CPU is not known is left out. */
export function perSecondOf(samples: readonly GeneratorSample[]): GeneratorSecond[] {
  return samples.flatMap((sample): GeneratorSecond[] => {
    const { k6CpuCores: k6Cpu, othersCpuCores: othersCpu, idleCpuCores: idleCpu } = sample
    if (k6Cpu === undefined || othersCpu === undefined || idleCpu === undefined) return []
    const { k6CollectingCores, k6WaitingThreads, k6PausedShare, stealCpuCores = 0 } = sample
    const inAll = (perSecond: number | undefined): number | undefined =>
      perSecond === undefined ? undefined : perSecond * (sample.spanMs / 1_000)
    return [
      shortened({
        atMs: sample.atMs,
        k6Cpu,
        sandboxCpu: sample.sandboxCpuCores,
        othersCpu,
        idleCpu,
        stealCpu: stealCpuCores,
        k6WaitSeconds: inAll(k6WaitingThreads),
        k6WaitMs: sample.k6WaitMs,
        gcPauseSeconds: inAll(k6PausedShare),
        gcCpuSeconds: inAll(k6CollectingCores),
        k6MemoryBytes: sample.k6MemoryBytes,
      }),
    ]
  })
}

type Known = { [Name in keyof GeneratorSecond]: GeneratorSecond[Name] | undefined }

function shortened(second: Known): GeneratorSecond {
  const entries = Object.entries(second).flatMap(([name, value]) => {
    return value === undefined ? [] : [[name, Number(value.toFixed(DIGITS))] as const]
  })
  return Object.fromEntries(entries) as unknown as GeneratorSecond
}

/**
 * At most so many points of a long run, to be drawn: each is the mean of as many neighbours, with their highest
 * memory.
 */
export function thinned(seconds: readonly GeneratorSecond[], most: number): GeneratorSecond[] {
  const size = Math.ceil(seconds.length / most)
  if (size <= 1) return [...seconds]
  return Array.from({ length: Math.ceil(seconds.length / size) }, (_, index) => {
    return joined(seconds.slice(index * size, (index + 1) * size))
  })
}

const MEANS = [
  ...(['k6Cpu', 'sandboxCpu', 'othersCpu', 'idleCpu', 'stealCpu', 'k6WaitMs'] as const),
  ...(['k6WaitSeconds', 'gcPauseSeconds', 'gcCpuSeconds'] as const),
]

function joined(group: readonly GeneratorSecond[]): GeneratorSecond {
  const valuesOf = (name: keyof GeneratorSecond) => group.flatMap((second) => second[name] ?? [])
  const entries = MEANS.map((name) => [name, mean(valuesOf(name))] as const)
  const bytes = valuesOf('k6MemoryBytes')
  return shortened({
    ...(Object.fromEntries(entries) as Omit<GeneratorSecond, 'atMs'>),
    atMs: group.at(-1)?.atMs ?? 0,
    ...(bytes.length > 0 && { k6MemoryBytes: Math.max(...bytes) }),
  })
}

function mean(values: readonly number[]): number | undefined {
  return values.length > 0 ? values.reduce((a, b) => a + b, 0) / values.length : undefined
}
