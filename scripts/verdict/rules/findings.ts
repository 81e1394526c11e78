import type { DroppedIterations } from './dropped-iterations.ts'
import type { Evidence } from '../evidence.ts'
import { failedToLogIn, firstException, SHORTFALL_RATIO, threwInPart } from './invalid-reasons.ts'
import type { ObjectiveResult } from './judge-objective.ts'
import { reason, type Reason } from '../../reasons/reasons.ts'
import type { Judgement } from '../verdict.ts'

/** What a run shows that no objective says. */
export interface Finding {
  /** What it makes of the run at best. */
  atBest: Judgement
  reason: Reason
}

/**
 * A target that stands still for 5 s has failed, however good the rest was. Between its last response before and
 * the first one after lies a little less.
 */
const STANDSTILL_SECONDS_MAX = 4.5

/** Where no objective counts failed checks, or requests: more are no working target, and fewer may be chance. */
const REJECTED_RATIO = { failed: 0.5, noted: 0.001 }

const FAIL: Judgement = { verdict: 'FAIL' }
const NO_DATA: Judgement = { verdict: 'NO_DATA' }
const NO_OBJECTIVES: Judgement = { verdict: 'NO_OBJECTIVES' }
const CLOSE: Judgement = { verdict: 'PASS', isClose: true }

/** Everything besides the objectives that keeps a run from a clear PASS, what is worst first. */
export function findings(
  evidence: Evidence,
  objectives: readonly ObjectiveResult[],
  dropped: DroppedIterations | undefined,
): Finding[] {
  const { stoppedBy, delivery, crossedThresholds, neverCalled } = evidence
  const busy = objectives
    .filter(({ level }) => level === 'required')
    .flatMap(({ id }) => evidence.machineBusy.get(id) ?? [])
  const doubts = [...busy.slice(0, 1), ...evidence.doubts]
  const isStopped = stoppedBy && !stoppedBy.isResult
  const stop = isStopped && { ...delivery, objective: stoppedBy.id, found: stoppedBy.reason }
  const isHeld = objectives.some(({ verdict }) => verdict !== 'not in this run')
  const byThresholds = evidence.plan.script !== undefined && !evidence.isSlaGiven
  const unasked = [...standstills(evidence), ...unanswered(evidence)]
  const unlooked = [...uncounted(evidence, objectives), ...thrown(evidence)]
  return [
    ...(stop ? [{ atBest: FAIL, reason: reason('STOPPED_BY_OBJECTIVE', stop) }] : []),
    ...refusedRedirects(evidence),
    ...logIns(evidence),
    ...(byThresholds ? unasked.map(asClose) : unasked),
    ...(dropped?.cause === 'target'
      ? [{ atBest: FAIL, reason: reason('TARGET_TOO_SLOW', dropped) }]
      : []),
    ...markedFailed(evidence),
    ...crossedThresholds.map((crossed) => ({ atBest: FAIL, reason: crossed })),
    ...(byThresholds ? unlooked.map(asClose) : unlooked),
    ...neverCalled.operations.map((operation) => {
      return { atBest: NO_DATA, reason: reason('OPERATION_NEVER_RAN', { operation }) }
    }),
    ...neverCalled.endpoints.map((endpoint) => {
      return { atBest: NO_DATA, reason: reason('ENDPOINT_NEVER_CALLED', { endpoint }) }
    }),
    ...(evidence.plan.script && !isHeld
      ? [{ atBest: NO_OBJECTIVES, reason: reason('NO_OBJECTIVES', {}) }]
      : nothingJudged(objectives)),
    ...doubts.map((doubt) => ({ atBest: CLOSE, reason: doubt })),
  ]
}

// Nobody has asked for it: what plain k6 lets pass is no clear PASS, and no FAIL.
function asClose({ reason: why }: Finding): Finding {
  return { atBest: CLOSE, reason: why }
}

// However few they are: whoever reads a PASS must know that all of the load went where it was to go.
function refusedRedirects({ facts: { redirectsRefused: redirects } }: Evidence): Finding[] {
  return redirects > 0 ? [{ atBest: FAIL, reason: reason('REDIRECT_REFUSED', { redirects }) }] : []
}

function logIns(evidence: Evidence): Finding[] {
  const { requests, unanswered: failures, statuses } = evidence.logIns
  if (failures <= SHORTFALL_RATIO * requests && !failedToLogIn(evidence)) return []
  return [{ atBest: FAIL, reason: reason('LOG_IN_UNANSWERED', { failures, requests, statuses }) }]
}

function standstills({ standstills: found }: Evidence): Finding[] {
  return found.map((standstill) => {
    const { reachesEnd, seconds } = standstill
    const isFailure = reachesEnd || seconds > STANDSTILL_SECONDS_MAX
    return { atBest: isFailure ? FAIL : CLOSE, reason: reason('STANDSTILL', standstill) }
  })
}

// What was cut by a signal may have been about to end; what was cut by its own time was not.
function unanswered({ delivery, stoppedBy, plan }: Evidence): Finding[] {
  const { interruptedIterations: iterations, iterations: finished, end } = delivery
  if (iterations === 0 || end !== 'complete' || stoppedBy) return []
  const of = iterations + finished
  if (plan.script) {
    return [{ atBest: CLOSE, reason: reason('ITERATIONS_INTERRUPTED', { iterations, of }) }]
  }
  const atBest = iterations > SHORTFALL_RATIO * of ? FAIL : CLOSE
  return [{ atBest, reason: reason('REQUESTS_UNANSWERED', { iterations, of }) }]
}

function thrown(evidence: Evidence): Finding[] {
  if (!threwInPart(evidence)) return []
  const { scriptExceptions: iterations, iterations: of } = evidence.delivery
  const why = reason('ITERATIONS_THREW', { iterations, of, ...firstException(evidence) })
  return [{ atBest: iterations > REJECTED_RATIO.failed * of ? FAIL : CLOSE, reason: why }]
}

function markedFailed({ ends }: Evidence): Finding[] {
  const marked = ends.filter(({ exitCode }) => exitCode === 110)
  return marked.map(({ message = 'see k6.log' }) => {
    return { atBest: FAIL, reason: reason('MARKED_FAILED', { message }) }
  })
}

// In a run in steps, each step is judged by what counts them.
function uncounted(
  { checks, failures, failuresBeyondRequests: beyond, plan }: Evidence,
  objectives: readonly ObjectiveResult[],
): Finding[] {
  if (plan.judges === 'steps') return []
  const whole = objectives.filter(({ isPart, verdict }) => !isPart && verdict !== 'not in this run')
  const isCounted = (by: RegExp): boolean => whole.some(({ indicator }) => by.test(indicator))
  const rejected = isCounted(/^share of checks$/)
    ? undefined
    : badShare(checks.rejected, checks.checks)
  // A failed request has a failed check, too, where the script looks at its responses.
  if (rejected) return [{ atBest: rejected, reason: reason('RESPONSES_REJECTED', checks) }]
  const failed = isCounted(COUNTS_FAILURES)
    ? undefined
    : badShare(failures.failed, failures.requests)
  if (failed) return [{ atBest: failed, reason: reason('REQUESTS_FAILED', failures) }]
  // Objectives of requests do not see these.
  const alone = beyond && !isCounted(COUNTS_OPERATIONS) && badShare(beyond.failed, beyond.requests)
  return alone ? [{ atBest: alone, reason: reason('REQUESTS_FAILED', beyond) }] : []
}

const COUNTS_OPERATIONS =
  /^((availability|error-ratio|apdex.*) of operations|share of operation_failed)/

const COUNTS_FAILURES =
  /^(availability|error-ratio|apdex.*|share of (checks|http_req_failed|operation_failed))( of operations)?$/

function badShare(bad: number, all: number): Judgement | undefined {
  if (bad <= REJECTED_RATIO.noted * all) return undefined
  return bad > REJECTED_RATIO.failed * all ? FAIL : CLOSE
}

function nothingJudged(objectives: readonly ObjectiveResult[]): Finding[] {
  const isJudged = objectives.some(({ level, verdict }) => {
    return level === 'required' && verdict !== 'not in this run'
  })
  return isJudged ? [] : [{ atBest: NO_DATA, reason: reason('NOTHING_JUDGED', {}) }]
}
