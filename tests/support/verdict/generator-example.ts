// Samples of a generator on two CPUs, for the tests.
import type { GeneratorSample } from '../../../scripts/generator/generator-sample.ts'

export const START_MS = 1_700_000_000_000
export const MIB = 1_048_576
export const SATURATED = { k6CpuCores: 1.8, busyCpuCores: 2, idleCpuCores: 0, othersCpuCores: 0.1 }
export const STARVED = {
  k6CpuCores: 1.2,
  k6WaitingThreads: 1.1,
  k6WaitMs: 0.6,
  busyCpuCores: 1.95,
  idleCpuCores: 0.05,
  othersCpuCores: 0.6,
}
export const SHARED = { k6CpuCores: 1.2, busyCpuCores: 2, idleCpuCores: 0, othersCpuCores: 0.1 }
export const COLLECTING = {
  k6MemoryBytes: 290 * MIB,
  k6MemoryLimitBytes: 300 * MIB,
  k6BytesPerCollection: 29 * MIB,
}
export const UNKNOWN = {
  k6CpuCores: undefined,
  k6WaitingThreads: undefined,
  k6WaitMs: undefined,
  othersCpuCores: undefined,
}
/** As on macOS, which does not say how long a process has waited. */
export const NO_WAIT = { k6WaitingThreads: undefined, k6WaitMs: undefined }

/** To leave a figure out, set it to undefined. */
export type Changes = { [Key in keyof GeneratorSample]?: GeneratorSample[Key] | undefined }

/** One second of a generator at half of its two CPUs, which ends some seconds after the start. */
export function sample(atSeconds: number, changes: Changes = {}): GeneratorSample {
  const sound: GeneratorSample = {
    atMs: START_MS + atSeconds * 1_000,
    elapsedMs: atSeconds * 1_000,
    spanMs: 1_000,
    k6CpuCores: 1,
    k6WaitingThreads: 0.1,
    k6WaitMs: 0.02,
    k6MemoryBytes: 100 * MIB,
    busyCpuCores: 1.3,
    idleCpuCores: 0.7,
    stealCpuCores: 0,
    ownCpuCores: 0.2,
    othersCpuCores: 0.1,
  }
  return JSON.parse(JSON.stringify({ ...sound, ...changes })) as GeneratorSample
}

/** Seconds one after the other, all alike. */
export function seconds(count: number, changes: Changes = {}): GeneratorSample[] {
  return Array.from({ length: count }, (_, index) => sample(index + 1, changes))
}
