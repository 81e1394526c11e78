import type { GeneratorSample } from '../../generator/generator-sample.ts'

/**
 * Of the CPUs that k6 may use. Above it a ready iteration waits for a CPU, and k6 counts that wait as the
 * target's latency. Grafana advises to stay under 80 %; a tenth is left for the ticks of both counters.
 */
const SATURATED_SHARE = 0.9

/** Of the machine's CPUs. Less is nothing: the kernel counts in ticks, 1 % of a CPU each second. */
const IDLE_SHARE = 0.05

/** Of the machine's CPUs. Less is what a system, a terminal and a browser use beside any run. */
export const OTHERS_SHARE = 0.25

/**
 * Milliseconds that a thread of k6 waits until it gets a CPU, on average. Measured on 2 CPUs (p95 of an
 * answer that takes 5 ms): alone 0.02 to 0.05 (6 to 7 ms), neighbours of the lowest priority on both CPUs
 * 0.02 to 0.10 (6 to 12 ms), two ordinary ones 0.05 (7 ms), four 0.14 (12 ms); with k6 at 0.6 CPUs and two
 * ordinary ones 0.5 (36 ms), four 2.4 (1,460 ms).
 */
export const WAIT_MS_MAX = 0.5

/** Of GOMEMLIMIT. Go holds its memory just below the limit once it gets there, so this alone is no fault. */
const LIMIT_SHARE = 0.95

/**
 * Of GOMEMLIMIT: what k6 allocates from one garbage collection to the next. Measured with 300 MiB: at a
 * third, no cost; at a tenth, half as much CPU again; at a twentieth, twice as much.
 */
const CYCLE_SHARE = 0.1

/** Seconds of the judged time, whole ones, in which something was so. */
export interface GeneratorSeconds {
  /** k6's CPU time is known. */
  k6: number
  /** The machine's CPU time is known. */
  machine: number
  /** k6 used all of its CPUs. */
  saturated: number
  /** k6 waited for a CPU; where the system does not say: no CPU was idle, and others had a good part. */
  starved: number
  /** No CPU was idle, whoever used them. */
  full: number
  /** k6 was at its GOMEMLIMIT and did little but collect garbage. */
  collecting: number
  /** k6's CPU time is unknown, and the machine was busy or unknown: k6 may have had too little. */
  unproven: number
}

/** Counts seconds by what was so; a sample stands for all of the time that it spans. */
export function generatorSeconds(
  samples: readonly GeneratorSample[],
  cpus: number,
): GeneratorSeconds {
  const count = (holds: (sample: GeneratorSample) => boolean): number => {
    const spans = samples.filter(holds).map(({ spanMs }) => spanMs)
    return Math.round(spans.reduce((sum, spanMs) => sum + spanMs, 0) / 1_000)
  }
  return {
    k6: count(({ k6CpuCores }) => k6CpuCores !== undefined),
    machine: count(({ busyCpuCores }) => busyCpuCores !== undefined),
    saturated: count((sample) => isSaturated(sample, cpus)),
    starved: count((sample) => isStarved(sample)),
    full: count(isFull),
    collecting: count(isCollecting),
    unproven: count((sample) => isUnproven(sample, cpus)),
  }
}

/** The CPUs that k6 could use: its GOMAXPROCS may allow fewer than the machine does. */
export function cpusOf({ k6ThreadsMax = Infinity }: GeneratorSample, cpus: number): number {
  return Math.min(cpus, k6ThreadsMax)
}

/** k6 used all of its CPUs. What then waits inside of k6, the system does not see as waiting. */
export function isSaturated(sample: GeneratorSample, cpus: number): boolean {
  const { k6CpuCores } = sample
  return k6CpuCores !== undefined && k6CpuCores >= SATURATED_SHARE * cpusOf(sample, cpus)
}

/** k6 was kept from running, whoever did it. A busy neighbour that k6 need not wait for does no harm. */
export function isStarved(sample: GeneratorSample): boolean {
  const { k6WaitMs, k6CpuCores, othersCpuCores = 0, stealCpuCores = 0 } = sample
  // What the host takes is no wait in the run queue of this machine: its CPU seems to be there.
  if (k6WaitMs !== undefined) return k6WaitMs >= WAIT_MS_MAX || isTaken(sample, stealCpuCores)
  return (
    k6CpuCores !== undefined && isFull(sample) && isTaken(sample, othersCpuCores + stealCpuCores)
  )
}

/** No CPU was idle, whoever used them. */
export function isFull(sample: GeneratorSample): boolean {
  const { idleCpuCores } = sample
  return idleCpuCores !== undefined && idleCpuCores < IDLE_SHARE * machineCpus(sample)
}

/** Others had a good part of the machine. */
export function isTaken(sample: GeneratorSample, othersCpuCores: number): boolean {
  const cpus = machineCpus(sample)
  return cpus > 0 && othersCpuCores >= OTHERS_SHARE * cpus
}

/** CPUs of the machine, as its counters show them. */
export function machineCpus({ busyCpuCores = 0, idleCpuCores = 0 }: GeneratorSample): number {
  return busyCpuCores + idleCpuCores
}

function isCollecting(sample: GeneratorSample): boolean {
  const { k6MemoryBytes = 0, k6MemoryLimitBytes, k6BytesPerCollection } = sample
  if (k6MemoryLimitBytes === undefined || k6BytesPerCollection === undefined) return false
  return (
    k6MemoryBytes > LIMIT_SHARE * k6MemoryLimitBytes &&
    k6BytesPerCollection < CYCLE_SHARE * k6MemoryLimitBytes
  )
}

// What k6 and others used together bounds each: an idle machine proves that k6 had what it needed.
function isUnproven(sample: GeneratorSample, cpus: number): boolean {
  const { k6CpuCores, busyCpuCores, ownCpuCores = 0 } = sample
  if (k6CpuCores !== undefined) return false
  if (busyCpuCores === undefined) return true
  const restCpuCores = busyCpuCores - ownCpuCores
  return (
    restCpuCores >= SATURATED_SHARE * cpusOf(sample, cpus) ||
    (isFull(sample) && isTaken(sample, restCpuCores))
  )
}

// Pure.

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
