import type { CompiledObjective } from '../../sla/compiled.ts'
import type { LoadDelivery } from './load-delivered.ts'
import type { RunPlan } from '../../../lib/plan.ts'
import type { RunFacts } from '../facts/run-facts.ts'

/** More dropped ones are another load than planned. */
const DROPPED_RATIO_MAX = 0.01

/** Iterations are not all alike: room above the average that the law asks for. */
const HEADROOM = 1.5

/** Why an open model found no VU free. */
export interface DroppedIterations {
  /** `pool`: too few VUs even for a target that keeps its service levels. `target`: it was too slow. */
  cause: 'pool' | 'target'
  dropped: number
  offered: number
  advice: string
}

export interface DroppedInput {
  plan: RunPlan
  facts: RunFacts
  delivery: LoadDelivery
  objectives: readonly Pick<CompiledObjective, 'objective' | 'absence'>[]
}

/**
 * Who is to blame for dropped iterations. By Little's law (L = lambda W; Little, "A Proof for the Queuing
 * Formula", 1961) the VUs at work are the rate times the mean time of an iteration. A pool that is large enough
 * for the slowest latency that the SLA allows has been used up by a target that is slower.
 *
 * @returns undefined where less than a hundredth was dropped
 */
export function droppedIterations(input: DroppedInput): DroppedIterations | undefined {
  const { plan, facts, delivery } = input
  const { droppedIterations: dropped, iterations, interruptedIterations } = delivery
  const offered = iterations + interruptedIterations + dropped
  if (dropped <= DROPPED_RATIO_MAX * offered) return undefined
  const { usersReady: pool, iterationSeconds } = facts
  const needed = (seconds: number): number => Math.ceil(plan.target * seconds)
  const allowedSeconds = slowestAllowedSeconds(input)
  const told = { dropped, offered }
  if (allowedSeconds !== undefined && needed(allowedSeconds) <= pool) {
    const advice = `its ${pool} VUs are enough for iterations of ${(pool / plan.target).toFixed(2)} s, and these took ${iterationSeconds.toFixed(2)} s`
    return { cause: 'target', ...told, advice }
  }
  const seconds = Math.max(iterationSeconds, allowedSeconds ?? 0)
  const wanted = Math.ceil(needed(seconds) * HEADROOM)
  const law = `${plan.target} iterations/s of ${seconds.toFixed(2)} s keep ${needed(seconds)} VUs at work (Little's law), the pool had ${pool}`
  const advice =
    wanted > pool
      ? `${law}: try ${plan.script ? 'maxVUs:' : '--pool-users'} ${wanted}`
      : `${law}, which is enough on average: the target or k6 stood still for a while`
  return { cause: 'pool', ...told, advice }
}

// The mean of iterations that meet a limit of p95 < 1 s may come near to 1 s, and is no more for a sound target.
function slowestAllowedSeconds({ objectives }: DroppedInput): number | undefined {
  const limits = objectives.flatMap(({ objective: { indicator, limit }, absence }) => {
    return indicator.kind === 'latency' && absence === undefined ? [limit.value / 1_000] : []
  })
  return limits.length > 0 ? Math.max(...limits) : undefined
}
