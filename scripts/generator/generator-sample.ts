/**
 * How k6 and its machine fared from one look to the next, about a second. Cores are CPU seconds per
 * second. What could not be read is left out.
 */
export interface GeneratorSample {
  /** Wall clock at the end of the sample. */
  atMs: number
  /** The same on a clock that never jumps, since the watch began. */
  elapsedMs: number
  /** How long the sample is: more than the interval when k6 or this process was slow. */
  spanMs: number
  k6CpuCores?: number
  /** Threads of k6 that were ready to run and had no CPU (mean number; Linux only). */
  k6WaitingThreads?: number
  /** How long a thread of k6 waited each time until it got a CPU (mean; Linux only). */
  k6WaitMs?: number
  /** Of k6's CPU, what its garbage collections took. */
  k6CollectingCores?: number
  /** Part of the time for which garbage collections stopped k6 as a whole. */
  k6PausedShare?: number
  k6MemoryBytes?: number
  /** k6's GOMEMLIMIT, as k6 understood it. */
  k6MemoryLimitBytes?: number
  /** k6's GOMAXPROCS: it never uses more CPUs at once. */
  k6ThreadsMax?: number
  /** At most so much did k6 allocate between two garbage collections; of two or more in the sample. */
  k6BytesPerCollection?: number
  /** Of all programs, with what the host took (steal). */
  busyCpuCores?: number
  idleCpuCores?: number
  stealCpuCores?: number
  /** Of this process and its children, without k6. */
  ownCpuCores?: number
  /** Of the toolkit's other processes: the sandbox, proxies of regions. A part of `ownCpuCores`. */
  sandboxCpuCores?: number
  /** Of everybody else on this machine; what its host takes is steal. */
  othersCpuCores?: number
  /** How much further the wall clock went than time did; only when that is a jump. */
  clockJumpMs?: number
}
