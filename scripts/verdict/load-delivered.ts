import type { Phase, RunPlan } from '../../lib/plan.ts'
import { poolHint } from './pool-hint.ts'
import type { Summary } from './read-summary.ts'
import { summaryCount, summaryValue } from './summary-values.ts'

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
  summary: Summary
  plan: RunPlan
  /** The user pressed Ctrl+C. */
  stoppedByUser?: boolean
}

/** Collects the facts about the load from the summary. */
export function loadDelivered({ summary, plan, stoppedByUser }: DeliveryInput): LoadDelivery {
  const iterations = summaryCount(summary, 'iterations')
  const droppedIterations = summaryCount(summary, 'dropped_iterations')
  const offered = iterations + droppedIterations
  const elapsedSeconds = elapsed(summary)
  // A plan of one pass gives the longest time allowed; ending before it is the rule.
  const isShort = plan.model !== 'once' && elapsedSeconds < plan.durationSeconds - 1
  const facts = {
    iterations,
    droppedIterations,
    ...(offered > 0 && { deliveredRatio: iterations / offered }),
    ...(plan.model === 'closed' && {
      usersReached: usersReached(summary, plan),
      usersPlanned: plan.target,
    }),
    scriptExceptions: summaryCount(summary, 'script_exceptions'),
    authFailures: summaryCount(summary, 'auth_failures'),
    elapsedSeconds,
    plannedSeconds: plan.durationSeconds,
    end: stoppedByUser ? 'stopped-by-user' : isShort ? 'cut-short' : 'complete',
  } satisfies Partial<LoadDelivery>
  return {
    ...facts,
    scriptFaults: scriptFaults(facts),
    loadFaults: loadFaults(facts, { summary, plan }),
  }
}

type Facts = Omit<LoadDelivery, 'scriptFaults' | 'loadFaults'>

function scriptFaults({ scriptExceptions }: Facts): string[] {
  return scriptExceptions > 0
    ? [`the script threw ${count(scriptExceptions, 'exception')}: see k6.log`]
    : []
}

function loadFaults(facts: Facts, { summary, plan }: DeliveryInput): string[] {
  const { iterations, droppedIterations, usersReached, usersPlanned, authFailures } = facts
  const faults: string[] = []
  if (iterations === 0) faults.push('no iteration was finished')
  if (droppedIterations > SHORTFALL_RATIO * (iterations + droppedIterations)) {
    const offered = iterations + droppedIterations
    faults.push(
      `${droppedIterations} of ${offered} iterations were dropped, no user was free: ${poolHint(summary, plan)}`,
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

// The summary has no duration, but each counter has a total and a rate per second of the run.
function elapsed(summary: Summary): number {
  for (const metric of ['iterations', 'http_reqs', 'data_sent']) {
    const total = summaryCount(summary, metric)
    const rate = summaryValue(summary, metric, 'rate') ?? 0
    if (total > 0 && rate > 0) return total / rate
  }
  return 0
}

// k6 looks at the active users once a second, so a peak without a plateau can fall between two
// looks. Only where the plan stays at its target is that number a proof.
function usersReached(summary: Summary, { phases, target }: RunPlan): number {
  const metric = phases.some((phase, index) => isPlateau(phase, phases[index - 1], target))
    ? 'vus'
    : 'vus_max'
  return summaryValue(summary, metric, 'max') ?? 0
}

function isPlateau(phase: Phase, previous: Phase | undefined, target: number): boolean {
  const isLong = phase.endSeconds - phase.startSeconds >= 2
  return isLong && phase.target === target && previous?.target === target
}

function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`
}
