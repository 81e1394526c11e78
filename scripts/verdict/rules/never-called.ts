// Pure. What a run of this plan calls at least once, and did not.
import type { RunPlan } from '../../../lib/plan.ts'

/** How often things happened in a run, in all its phases, judged or not; what never happened may be missing. */
export interface Calls {
  /** Requests by endpoint, the `name` tag; those with `judged=no` count, too. */
  requests: ReadonlyMap<string, number>
  /** Ended iterations by operation, the tag of that name on `iterations`. */
  iterations: ReadonlyMap<string, number>
}

export interface NeverCalled {
  /** Had their turn many times over by the number of iterations, and never ran. */
  operations: string[]
  /** Belong to operations of which each ran, and were never called. */
  endpoints: string[]
}

/**
 * Turns after which an operation must have run. They are dealt out evenly (lib/mix.ts), so that after n
 * iterations each is within a few of its share of n.
 */
const TURNS_MIN = 5

/**
 * What was never called although a sound run calls it. An endpoint is only missed once every operation has
 * run: before, it may belong to one whose turn did not come in so short a run.
 */
export function neverCalled(
  { operationShares, endpoints, optionalEndpoints, model, iterationsPerUser }: RunPlan,
  { requests, iterations }: Calls,
): NeverCalled {
  const all = [...iterations.values()].reduce((sum, count) => sum + count, 0)
  const idle = Object.entries(operationShares).filter(([name]) => !iterations.get(name))
  const isOnePass = model === 'once' && iterationsPerUser === undefined
  const due = idle.filter(([, share]) => isOnePass || share * all >= TURNS_MIN)
  const isDue = (name: string): boolean => !requests.get(name) && !optionalEndpoints.includes(name)
  return {
    operations: due.map(([name]) => name),
    endpoints: idle.length === 0 ? endpoints.filter(isDue) : [],
  }
}
