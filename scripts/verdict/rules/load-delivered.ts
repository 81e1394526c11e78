import type { LoadShare } from '../../segments/instance-plan.ts'
import type { Phase, RunPlan } from '../../../lib/plan.ts'
import { plannedLoad } from '../../indicators/from-samples/measure-total.ts'
import type { RunFacts } from '../facts/run-facts.ts'
import { timelineOf } from '../../indicators/timeline.ts'

/** What the generator did, compared with what it was to do. Plain JSON. */
export interface LoadDelivery {
  /** Finished ones. */
  iterations: number
  /** Begun, and cut when their time was over. */
  interruptedIterations: number
  /** Iterations that could not start, because no VU was free. */
  droppedIterations: number
  /** Iterations that were counted beforehand, or that the rates of an open model ask for until the load ended. */
  plannedIterations?: number
  /** Iterations begun of those planned (open model) or offered, 0 to 1; undefined when there were none. */
  deliveredRatio?: number
  /** Closed model: the most VUs at once. */
  usersReached?: number
  usersPlanned?: number
  scriptExceptions: number
  /** Iterations without a session, because the log-in failed. */
  authFailures: number
  elapsedSeconds: number
  plannedSeconds: number
  /** `cut-short`: k6 ended before the plan did, and not because of the user. */
  end: 'complete' | 'stopped-by-user' | 'cut-short'
}

export interface DeliveryInput {
  facts: RunFacts
  plan: RunPlan
  /** Of all k6 together, as they say it. @default 0 */
  interruptedIterations?: number
  /** The user pressed Ctrl+C. */
  stoppedByUser?: boolean
  /** Where the run is one of several segments. */
  share?: LoadShare | undefined
}

/** Compares what was recorded of the load with the plan. */
export function loadDelivered(input: DeliveryInput): LoadDelivery {
  const { facts, plan, stoppedByUser, share, interruptedIterations = 0 } = input
  const { iterations, droppedIterations, elapsedSeconds, scriptExceptions, authFailures } = facts
  const begun = iterations + interruptedIterations
  const planned = plannedIterations(plan, elapsedSeconds, share)
  const offered = Math.max(planned ?? 0, begun + droppedIterations)
  const isShort = elapsedSeconds < plannedEnd(plan) - 1.5
  return {
    iterations,
    interruptedIterations,
    droppedIterations,
    ...(planned !== undefined && { plannedIterations: Math.round(planned) }),
    ...(offered > 0 && { deliveredRatio: begun / offered }),
    ...(plan.model === 'closed' && {
      usersReached: usersReached(facts, plan),
      usersPlanned: share?.users ?? plan.target,
    }),
    scriptExceptions,
    authFailures,
    elapsedSeconds,
    plannedSeconds: plan.durationSeconds,
    end: stoppedByUser ? 'stopped-by-user' : isShort ? 'cut-short' : 'complete',
  }
}

// What counts its iterations has the longest time allowed in its plan; ending before it is the rule.
function plannedEnd({ model, durationSeconds, script }: RunPlan): number {
  if (!script) return model === 'once' ? 0 : durationSeconds
  const timed = script.filter((each) => each.model !== 'once')
  return Math.max(0, ...timed.map(({ endSeconds }) => endSeconds))
}

function plannedIterations(
  { model, phases, target, iterationsPerUser }: RunPlan,
  elapsedSeconds: number,
  share: LoadShare | undefined,
): number | undefined {
  if (iterationsPerUser !== undefined) return (share?.users ?? target) * iterationsPerUser
  if (model !== 'open') return undefined
  const all = plannedLoad(timelineOf(phases, 0), 0, elapsedSeconds * 1_000_000)
  return all * (share?.ratio ?? 1)
}

// k6 looks at the active VUs once a second, so a peak without a plateau can fall between two
// looks. Only where the plan stays at its target is that number a proof.
function usersReached({ usersMax, usersReady }: RunFacts, { phases, target }: RunPlan): number {
  const hasPlateau = phases.some((phase, index) => isPlateau(phase, phases[index - 1], target))
  return hasPlateau ? usersMax : usersReady
}

function isPlateau(phase: Phase, previous: Phase | undefined, target: number): boolean {
  const isLong = phase.endSeconds - phase.startSeconds >= 2
  return isLong && phase.target === target && previous?.target === target
}
