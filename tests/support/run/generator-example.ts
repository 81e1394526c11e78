import type { GeneratorReading } from '../../../scripts/generator/generator-per-second.ts'

/** What k6 v2.2.0 answered to GET /metrics, started with GOMEMLIMIT=300MiB; shortened. */
export const K6_METRICS = `# HELP go_gc_duration_seconds A summary of the wall-time pause (stop-the-world) duration in garbage collection cycles.
# TYPE go_gc_duration_seconds summary
go_gc_duration_seconds{quantile="0"} 4.1742e-05
go_gc_duration_seconds{quantile="1"} 0.000460703
go_gc_duration_seconds_sum 0.00055303
go_gc_duration_seconds_count 3
# HELP go_gc_gomemlimit_bytes Go runtime memory limit configured by the user, otherwise math.MaxInt64. This value is set by the GOMEMLIMIT environment variable, and the runtime/debug.SetMemoryLimit function. Sourced from /gc/gomemlimit:bytes.
# TYPE go_gc_gomemlimit_bytes gauge
go_gc_gomemlimit_bytes 3.145728e+08
# HELP go_info Information about the Go environment.
# TYPE go_info gauge
go_info{version="go1.26.8"} 1
# HELP go_memstats_alloc_bytes_total Total number of bytes allocated in heap until now, even if released already. Equals to /gc/heap/allocs:bytes.
# TYPE go_memstats_alloc_bytes_total counter
go_memstats_alloc_bytes_total 8.720088e+06
# HELP go_sched_gomaxprocs_threads The current runtime.GOMAXPROCS setting, or the number of operating system threads that can execute user-level Go code simultaneously. Sourced from /sched/gomaxprocs:threads.
# TYPE go_sched_gomaxprocs_threads gauge
go_sched_gomaxprocs_threads 2
# HELP process_cpu_seconds_total Total user and system CPU time spent in seconds.
# TYPE process_cpu_seconds_total counter
process_cpu_seconds_total 0.05
# HELP process_resident_memory_bytes Resident memory size in bytes.
# TYPE process_resident_memory_bytes gauge
process_resident_memory_bytes 3.8289408e+07
`

/** A reading a number of seconds after the first: on two CPUs, one idle, k6 and Node on the other. */
export function createReading(
  seconds: number,
  changes: Partial<GeneratorReading> = {},
): GeneratorReading {
  return {
    atMs: 1_700_000_000_000 + seconds * 1_000,
    elapsedMs: 5_000 + seconds * 1_000,
    k6: { cpuSeconds: 0.6 * seconds, memoryBytes: 1_000, collections: 0, allocatedBytes: 0 },
    machine: { busySeconds: seconds, idleSeconds: seconds, stealSeconds: 0, interruptSeconds: 0 },
    own: new Map([[1, 0.1 * seconds]]),
    ...changes,
  }
}
