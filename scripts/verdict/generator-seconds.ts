import type { GeneratorSample } from '../run/generator-sample.ts'

/**
 * Of the CPUs that k6 may use. Above it a ready iteration waits for a CPU, and k6 counts that wait as the
 * target's latency. Grafana advises to stay under 80 %; a tenth is left for the ticks of both counters.
 */
const SATURATED_SHARE = 0.9

/** Of the machine's CPUs. Less is nothing: the kernel counts in ticks, 1 % of a CPU each second. */
const IDLE_SHARE = 0.05

/** Of the machine's CPUs. Less is what a system, a terminal and a browser use beside any run. */
const OTHERS_SHARE = 0.25

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
  /** k6 used all of its CPUs, or what little others left of them. */
  saturated: number
  /** No CPU was idle, and others had a good part of them. */
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
    starved: count((sample) => isFull(sample) && isTaken(sample, sample.othersCpuCores)),
    full: count(isFull),
    collecting: count(isCollecting),
    unproven: count((sample) => isUnproven(sample, cpus)),
  }
}

/** The CPUs that k6 could use: its GOMAXPROCS may allow fewer than the machine does. */
export function cpusOf({ k6ThreadsMax = Infinity }: GeneratorSample, cpus: number): number {
  return Math.min(cpus, k6ThreadsMax)
}

// On a full machine a few others would hide it: then k6 has less than all, and wants more.
function isSaturated(sample: GeneratorSample, cpus: number): boolean {
  const { k6CpuCores, othersCpuCores = 0 } = sample
  if (k6CpuCores === undefined) return false
  if (k6CpuCores >= SATURATED_SHARE * cpusOf(sample, cpus)) return true
  const areFew = isFull(sample) && !isTaken(sample, othersCpuCores)
  return areFew && k6CpuCores + othersCpuCores >= SATURATED_SHARE * machineCpus(sample)
}

function isFull(sample: GeneratorSample): boolean {
  const { idleCpuCores } = sample
  return idleCpuCores !== undefined && idleCpuCores < IDLE_SHARE * machineCpus(sample)
}

function isTaken(sample: GeneratorSample, othersCpuCores = 0): boolean {
  return othersCpuCores >= OTHERS_SHARE * machineCpus(sample)
}

function machineCpus({ busyCpuCores = 0, idleCpuCores = 0 }: GeneratorSample): number {
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
