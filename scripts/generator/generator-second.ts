// Pure. One second of the machine that generates the load.

/**
 * What the generator's machine did in about one second; kept for the whole run in its folder. CPU is in
 * cores (1 = one core for all of the second). Left out where it is not known.
 */
export interface GeneratorSecond {
  /** End of the second, milliseconds since 1970 by the wall clock. */
  atMs: number
  /** CPU of k6, of all k6 together where there are several. */
  k6Cpu: number
  /** CPU of the sandbox, and of the proxies of regions. */
  sandboxCpu?: number
  /** CPU of all other processes, a target of the user's own among them; not of this toolkit. */
  othersCpu: number
  /** CPU that nobody used. */
  idleCpu: number
  /** CPU that the host of a virtual machine gave to others. */
  stealCpu: number
  /** Seconds in which threads of k6 were ready to run and had no CPU, added up over all of its threads. */
  k6WaitSeconds?: number
  /** How long a thread of k6 waited each time until it got a CPU, in milliseconds (mean). */
  k6WaitMs?: number
  /** Seconds for which garbage collections stopped k6 as a whole. */
  gcPauseSeconds?: number
  /** CPU seconds that k6 spent on garbage collection. */
  gcCpuSeconds?: number
  /** Memory of k6 at the end of the second. */
  k6MemoryBytes?: number
}
