// Pure.
import type { GeneratorSample } from './generator-sample.ts'

/** One garbage collection of k6. */
export interface Collection {
  /** Wall clock. */
  startMs: number
  endMs: number
  /** CPU that it took, on all cores. */
  cpuSeconds: number
}

// gc 7 @12.345s 0%: 0.018+1.2+0.004 ms clock, 0.036+0.3/1.1/0.0+0.008 ms cpu, 4->4->2 MB, ...
const LINE = /^gc \d+ @([\d.]+)s \d+%: ([\d.+]+) ms clock, ([\d.+/]+) ms cpu/gm

/**
 * Reads the collections that Go tells with GODEBUG=gctrace=1 (package runtime, "gctrace").
 *
 * @param processMs when k6 was started, milliseconds since 1970: the lines count from there
 */
export function collectionsIn(log: string, processMs: number): Collection[] {
  return [...log.matchAll(LINE)].map(([, atSeconds = '', clock = '', cpu = '']) => {
    const startMs = processMs + Number(atSeconds) * 1_000
    return { startMs, endMs: startMs + sumOf(clock), cpuSeconds: sumOf(cpu) / 1_000 }
  })
}

/** The samples with the CPU that collections took in each; a long one is spread over its seconds. */
export function withCollections(
  samples: readonly GeneratorSample[],
  collections: readonly Collection[],
): GeneratorSample[] {
  if (collections.length === 0) return [...samples]
  let first = 0
  return samples.map((sample) => {
    const { atMs, spanMs } = sample
    // Both come in order of time, and a day has a hundred thousand of each.
    while ((collections[first]?.endMs ?? Infinity) <= atMs - spanMs) first++
    let end = first
    while ((collections[end]?.startMs ?? Infinity) < atMs) end++
    const near = collections.slice(first, end)
    const cpuSeconds = near.reduce((sum, { startMs, endMs, cpuSeconds: cpu }) => {
      const sharedMs = Math.min(endMs, atMs) - Math.max(startMs, atMs - spanMs)
      return sharedMs > 0 ? sum + cpu * (sharedMs / (endMs - startMs)) : sum
    }, 0)
    // Go counts the time of its workers, also while the system lets them wait for a CPU.
    const cores = Math.min(cpuSeconds / (spanMs / 1_000), sample.k6CpuCores ?? Infinity)
    return { ...sample, k6CollectingCores: cores }
  })
}

function sumOf(parts: string): number {
  return parts.split(/[+/]/).reduce((sum, part) => sum + Number(part), 0)
}
