import { exitMeaning } from '../../k6/exit-codes.ts'
import { cut } from '../../core/printable.ts'
import type { Evidence, K6End } from '../evidence.ts'
import { reason, type Reason } from '../../reasons/reasons.ts'
import { countReasons, scenarioReasons } from './scenario-reasons.ts'
import type { DroppedIterations } from './dropped-iterations.ts'

/** More than this share of the iterations missing, or of the VUs, is another load than planned. */
export const SHORTFALL_RATIO = 0.01

/** Iterations of an open model begin a little late, and the last ones of a plan not at all. */
const EDGE_SECONDS = 0.1

/**
 * Why what a run measured cannot be trusted; empty where it can. Nothing else makes a run INVALID.
 *
 * An objective that ends a run has been missed for a while, which no busy machine explains away, and the rest
 * of the load is then missing on purpose. What the user stops has no missing load either.
 */
export function invalidReasons(
  evidence: Evidence,
  dropped: DroppedIterations | undefined,
): Reason[] {
  const { delivery, sampleFaults, instanceFaults, generatorFaults, stoppedBy } = evidence
  const { endedBecause } = evidence
  const { scriptExceptions: exceptions } = delivery
  const isThrown = exceptions > 0 && !threwInPart(evidence)
  const threw = isThrown
    ? [reason('SCRIPT_THREW', { exceptions, ...firstException(evidence) })]
    : []
  const broken = endReasons(evidence)
  // One of several k6 runs setup() for all: that its log-in failed is no fault of that k6.
  const instances = failedToLogIn(evidence)
    ? instanceFaults.filter(({ code }) => code !== 'INSTANCE_FAILED')
    : instanceFaults
  const unsound = [...instances, ...broken, ...sampleFaults, ...threw]
  if (delivery.end === 'stopped-by-user') {
    return [reason('STOPPED_BY_USER', delivery), ...unsound, ...generatorFaults]
  }
  // How k6 ended, and what is missing of the load, follow from it.
  if (endedBecause) {
    return [endedBecause, ...instances, ...sampleFaults, ...threw, ...generatorFaults]
  }
  if (stoppedBy) return [...unsound, ...(stoppedBy.isResult ? generatorFaults : [])]
  const isExplained = broken.length > 0 || failedToLogIn(evidence)
  // Nothing is known of the load then, and all of it would seem to be missing.
  const isUnread = sampleFaults.some(({ code }) => code === 'SAMPLES_HEADER_DAMAGED')
  const isCut = delivery.end === 'cut-short' && !isExplained && !isUnread
  return [
    ...(isCut
      ? [reason(evidence.isEndUnknown ? 'RUN_NOT_FINISHED' : 'ENDED_EARLY', delivery)]
      : []),
    ...unsound,
    ...generatorFaults,
    ...(isExplained || isUnread ? [] : loadReasons(evidence, dropped)),
  ]
}

// 99 and 110 are failures of the target, 105 has a reason of its own.
const SOUND_ENDS = [0, 99, 105, 110]

function endReasons(evidence: Evidence): Reason[] {
  const { ends, delivery } = evidence
  return ends.flatMap((end: K6End): Reason[] => {
    const { exitCode, message = 'see k6.log' } = end
    if (end.isOverdue) return [reason('DEADLINE_PASSED', delivery)]
    if (exitCode === 105 && isEndedFromOutside(evidence)) {
      return [reason('K6_BROKE', { exitCode, meaning: exitMeaning(exitCode) })]
    }
    if (exitCode !== undefined && SOUND_ENDS.includes(exitCode)) return []
    if (exitCode === 107 && failedToLogIn(evidence)) return []
    if (exitCode === undefined) return [reason('K6_KILLED', delivery)]
    if (exitCode === 107) return [reason('SCRIPT_FAILED', { message })]
    if (exitCode === 108) return [reason('SCRIPT_ABORTED', { message })]
    return [reason('K6_BROKE', { exitCode, meaning: exitMeaning(exitCode) })]
  })
}

// Of a script that counts its iterations, nothing else tells.
function isEndedFromOutside({ plan, stoppedBy, endedBecause, delivery }: Evidence): boolean {
  if (!plan.script || stoppedBy || endedBecause) return false
  return delivery.end !== 'stopped-by-user'
}

/**
 * Some iterations of a script of anybody's threw, and no scenario has done nothing else: they have failed, and the others
 * have made the load. A scenario of which every iteration threw has not done what was planned.
 */
export function threwInPart({ plan, delivery, scenarioCounts }: Evidence): boolean {
  if (!plan.script || !scenarioCounts || delivery.scriptExceptions === 0) return false
  const counts = [...scenarioCounts.values()]
  const known = counts.reduce((sum, { threw = 0 }) => sum + threw, 0)
  const isWhole = counts.some(({ threw = 0, iterations }) => threw > 0 && threw >= iterations)
  return known === delivery.scriptExceptions && !isWhole
}

/** Not always the script's own fault: k6 itself throws for an answer such as 101. */
export function firstException({ ends }: Evidence): { first?: string } {
  const told = ends.flatMap(({ message = '' }) => /script exception: (.+)/.exec(message)?.[1] ?? [])
  return told[0] === undefined ? {} : { first: cut(told[0], EXCEPTION_MAX) }
}

const EXCEPTION_MAX = 120

/**
 * setup() threw because the target could not answer a log-in, which is no fault of the script. What throws after
 * the load has begun has another reason.
 */
export function failedToLogIn({ ends, logIns, delivery }: Evidence): boolean {
  const hasBegun = delivery.iterations + delivery.interruptedIterations > 0
  return !hasBegun && logIns.unanswered > 0 && ends.some(({ exitCode }) => exitCode === 107)
}

function loadReasons(evidence: Evidence, dropped: DroppedIterations | undefined): Reason[] {
  const { delivery, logIns, plan } = evidence
  const { iterations, interruptedIterations, droppedIterations, authFailures } = delivery
  const { plannedIterations = 0, usersReached, usersPlanned } = delivery
  const begun = iterations + interruptedIterations
  if (begun === 0 && droppedIterations === 0) return [reason('NO_ITERATION', {})]
  const reasons = scenarioReasons(evidence)
  if (dropped?.cause === 'pool') reasons.push(reason('POOL_TOO_SMALL', dropped))
  const { iterationsPerUser } = plan
  if (iterationsPerUser !== undefined) return [...reasons, ...countReasons(evidence, begun)]
  const missing = plannedIterations - begun - droppedIterations
  const edge = plan.target * EDGE_SECONDS
  if (missing > Math.max(edge, SHORTFALL_RATIO * plannedIterations)) {
    reasons.push(
      reason('LOAD_NOT_OFFERED', {
        started: begun,
        dropped: droppedIterations,
        planned: plannedIterations,
      }),
    )
  }
  if (usersPlanned !== undefined && usersReached !== undefined) {
    if (usersReached < usersPlanned * (1 - SHORTFALL_RATIO)) {
      reasons.push(reason('VUS_MISSING', { reached: usersReached, planned: usersPlanned }))
    }
  }
  if (authFailures > SHORTFALL_RATIO * begun && logIns.unanswered === 0) {
    reasons.push(reason('LOG_IN_FAILED', { failures: authFailures, iterations: begun }))
  }
  return reasons
}
