import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type FileFormat, readJson } from '../core/read-json.ts'
import { FIGURE, list, marked, object } from '../core/schema.ts'
import { writeWhole } from '../core/write-whole.ts'
import { say } from '../core/console.ts'
import { perSecondOf } from './generator-per-second.ts'
import type { GeneratorSample } from './generator-sample.ts'
import type { GeneratorSecond } from './generator-second.ts'

/** In a run's folder. */
export const GENERATOR_FILE = 'generator.json'

/** All seconds of a run as columns: one list for each figure, `null` where it is not known. */
interface GeneratorColumns {
  format: 1
  columns: Partial<Record<keyof GeneratorSecond, (number | null)[]>>
}

const NAMES = [
  'atMs',
  'k6Cpu',
  'sandboxCpu',
  'othersCpu',
  'idleCpu',
  'stealCpu',
  'k6WaitSeconds',
  'k6WaitMs',
  'gcPauseSeconds',
  'gcCpuSeconds',
  'k6MemoryBytes',
] as const satisfies readonly (keyof GeneratorSecond)[]

const FORMAT: FileFormat = {
  what: 'the seconds of a generator',
  code: 'K6V_RUN_FILE_BROKEN',
  hint: 'Copy the whole folder again from where the run was made, or run the scenario again.',
  schema: marked(
    { format: 1 },
    object({ columns: object({}, Object.fromEntries(NAMES.map((name) => [name, list(FIGURE)]))) }),
  ),
}

/**
 * Writes `generator.json` of a run's folder, what is known of each second. On a full disk it is left out
 * and said: the verdict needs it not.
 */
export async function keepGenerator(
  folder: string,
  samples: readonly GeneratorSample[],
): Promise<void> {
  await writeGenerator(folder, perSecondOf(samples)).catch((error: unknown) => {
    say(`${GENERATOR_FILE} could not be written: ${String(error)}`)
  })
}

async function writeGenerator(folder: string, seconds: readonly GeneratorSecond[]): Promise<void> {
  const known = NAMES.filter((name) => seconds.some((second) => second[name] !== undefined))
  const columns = Object.fromEntries(
    known.map((name) => [name, seconds.map((second) => second[name] ?? null)]),
  )
  const file: GeneratorColumns = { format: 1, columns }
  await writeWhole(join(folder, GENERATOR_FILE), `${JSON.stringify(file)}\n`)
}

/** Reads it again; empty where the run has none, as an earlier version of the toolkit left it. */
export async function readGenerator(folder: string): Promise<GeneratorSecond[]> {
  const path = join(folder, GENERATOR_FILE)
  if (!existsSync(path)) return []
  const { columns } = await readJson<GeneratorColumns>(path, FORMAT)
  return (columns.atMs ?? []).map((_, index) => {
    const entries = Object.entries(columns).flatMap(([name, values]) => {
      const value = values[index] ?? null
      return value === null ? [] : [[name, value] as const]
    })
    return Object.fromEntries(entries) as unknown as GeneratorSecond
  })
}

// Pure.

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
