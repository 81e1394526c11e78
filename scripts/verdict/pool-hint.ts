import type { RunPlan } from '../../lib/plan.ts'
import type { RunFacts } from './run-facts.ts'

/** Iterations are not all alike: room above the average that the law asks for. */
const HEADROOM = 1.5

/**
 * Why an open model found no user free, and what to do. By Little's law (L = lambda W; Little, "A Proof
 * for the Queuing Formula", 1961) the users at work are the rate times the mean time of an iteration.
 */
export function poolHint(facts: RunFacts, { target }: RunPlan): string {
  const { iterationSeconds: meanSeconds, usersReady: pool } = facts
  const needed = Math.ceil(target * meanSeconds)
  const law = `${target} iterations/s of ${meanSeconds.toFixed(2)} s keep ${needed} users at work (Little's law)`
  if (needed * HEADROOM > pool) {
    return `${law}, the pool had ${pool}: try --pool-users ${Math.ceil(needed * HEADROOM)}`
  }
  return `${law} and the pool had ${pool}: the target or this machine stood still for a while`
}
