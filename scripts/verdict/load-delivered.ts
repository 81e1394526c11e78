import type { Phase, RunPlan } from '../../lib/plan.ts'
import { poolHint } from './pool-hint.ts'
import type { RunFacts } from './run-facts.ts'

/** More than this share of the iterations missing, or of the users, is another load than planned. */
const SHORTFALL_RATIO = 0.01

/** What the generator did, compared with what it was to do. */
export interface LoadDelivery {
  iterations: number
  /** Iterations that could not start, because no user was free. */
  droppedIterations: number
  /** Iterations started of those offered (0 to 1); undefined when none was offered. */
  deliveredRatio?: number
  /** Closed model: the most users at once. */
  usersReached?: number
  usersPlanned?: number
  scriptExceptions: number
  /** Iterations without a session, because the log-in failed. */
  authFailures: number
  elapsedSeconds: number
  plannedSeconds: number
  /** `cut-short`: k6 ended before the plan did, and not because of the user. */
  end: 'complete' | 'stopped-by-user' | 'cut-short'
  /** Why the script cannot be trusted; empty when it can. */
  scriptFaults: string[]
  /** Why the load was not the planned one; empty when it was. */
  loadFaults: string[]
}

export interface DeliveryInput {
  facts: RunFacts
  plan: RunPlan
  /** The user pressed Ctrl+C. */
  stoppedByUser?: boolean
  /** Where the run is one of several segments. */
  share?: LoadShare
}

/** The part of a load that one of several runs makes. */
export interface LoadShare {
  /** Closed model: its most users at once. */
  users: number
  /** Of the whole load, 0 to 1. */
  ratio: number
  /** What the verdict says of it: `segment 2/5`. */
  text: string
}

/** Compares what was recorded of the load with the plan. */
export function loadDelivered(input: DeliveryInput): LoadDelivery {
  const { facts, plan, stoppedByUser } = input
  const { iterations, droppedIterations, elapsedSeconds, scriptExceptions, authFailures } = facts
  const offered = iterations + droppedIterations
  const usersPlanned = input.share?.users ?? plan.target
  // A plan of one pass gives the longest time allowed; ending before it is the rule.
  const isShort = plan.model !== 'once' && elapsedSeconds < plan.durationSeconds - 1.5
  const delivery = {
    iterations,
    droppedIterations,
    ...(offered > 0 && { deliveredRatio: iterations / offered }),
    ...(plan.model === 'closed' && {
      usersReached: usersReached(facts, plan),
      usersPlanned,
    }),
    scriptExceptions,
    authFailures,
    elapsedSeconds,
    plannedSeconds: plan.durationSeconds,
    end: stoppedByUser ? 'stopped-by-user' : isShort ? 'cut-short' : 'complete',
  } satisfies Partial<LoadDelivery>
  return {
    ...delivery,
    scriptFaults: scriptFaults(delivery),
    loadFaults: loadFaults(delivery, input),
  }
}

type Counted = Omit<LoadDelivery, 'scriptFaults' | 'loadFaults'>

function scriptFaults({ scriptExceptions }: Counted): string[] {
  return scriptExceptions > 0
    ? [`the script threw ${count(scriptExceptions, 'exception')}: see k6.log`]
    : []
}

function loadFaults(counted: Counted, { facts, plan, share }: DeliveryInput): string[] {
  const { iterations, droppedIterations, usersReached, usersPlanned, authFailures } = counted
  const faults: string[] = []
  if (iterations === 0) faults.push('no iteration was finished')
  // A run in steps offers more and more until it is too much.
  const isRamp = plan.judges === 'steps'
  if (!isRamp && droppedIterations > SHORTFALL_RATIO * (iterations + droppedIterations)) {
    const offered = iterations + droppedIterations
    const ownPlan = { ...plan, target: plan.target * (share?.ratio ?? 1) }
    faults.push(
      `${droppedIterations} of ${offered} iterations were dropped, no user was free: ${poolHint(facts, ownPlan)}`,
    )
  }
  if (usersPlanned !== undefined && usersReached !== undefined) {
    if (usersReached < usersPlanned * (1 - SHORTFALL_RATIO)) {
      faults.push(`only ${usersReached} of ${usersPlanned} users were active at once`)
    }
  }
  if (authFailures > SHORTFALL_RATIO * iterations) {
    faults.push(`${authFailures} of ${iterations} iterations could not log in`)
  }
  return faults
}

// k6 looks at the active users once a second, so a peak without a plateau can fall between two
// looks. Only where the plan stays at its target is that number a proof.
function usersReached({ usersMax, usersReady }: RunFacts, { phases, target }: RunPlan): number {
  const hasPlateau = phases.some((phase, index) => isPlateau(phase, phases[index - 1], target))
  return hasPlateau ? usersMax : usersReady
}

function isPlateau(phase: Phase, previous: Phase | undefined, target: number): boolean {
  const isLong = phase.endSeconds - phase.startSeconds >= 2
  return isLong && phase.target === target && previous?.target === target
}

function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`
}
