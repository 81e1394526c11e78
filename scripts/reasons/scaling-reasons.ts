// Pure. What may be said of a target with more and more replicas.
import { count } from '../core/format-measure.ts'

interface Missed {
  replicas: number
  found: string
  wanted: string
}

interface Unsaturated {
  replicas: number
  users: number
  /** Throughput of all users over that of half of them. */
  growth: string
}

const of = (replicas: number): string => count(replicas, 'replica')

/** A sentence for each code of `scaling`. */
export const SCALING_SENTENCES = {
  STEP_INVALID: ({ replicas, why }: { replicas: number; why: string }) =>
    `${of(replicas)}: the run proves nothing: ${why}`,
  STEP_NOT_MEASURED: ({ replicas, why }: { replicas: number; why: string }) =>
    `${of(replicas)}: not measured (${why})`,
  STEP_UNSATURATED: ({ replicas, users, growth }: Unsaturated) =>
    `${of(replicas)}: ${users} users got ${growth} as much done as half of them, so they were too few to saturate the target`,
  STEP_UNMEASURED: ({ replicas }: { replicas: number }) =>
    `${of(replicas)}: too few operations succeeded to measure throughput`,
  EFFICIENCY_MISSED: ({ replicas, found, wanted }: Missed) =>
    `${of(replicas)}: efficiency ${found}, expected at least ${wanted}`,
  EFFICIENCY_CLOSE: ({ replicas, found, wanted }: Missed) =>
    `${of(replicas)}: efficiency ${found} is too close to ${wanted} to be sure`,
}
