import type { RunPlan } from '../../../lib/plan.ts'
import { describeExit } from '../../k6/exit-codes.ts'
import type { K6Outcome } from '../../k6/run-k6.ts'
import type { CompiledObjective } from '../../sla/compiled.ts'
import { thresholdOf } from '../../sla/k6-thresholds.ts'
import { nameText } from '../../report/objective-text.ts'
import {
  judgementOf,
  objectiveRow,
  type ObjectiveResult,
} from '../../verdict/rules/judge-objective.ts'
import type { JudgedRun } from '../../verdict/judge-run.ts'
import { ofObjective, reason, type Reason } from '../../reasons/reasons.ts'
import { type Judgement, worst } from '../../verdict/verdict.ts'
import { type VerdictSource, withoutSamples } from '../../verdict/tables/without-samples.ts'
import type { CloudTestRun } from './cloud-test-run.ts'

/** What is known of a run that load zones made. */
export interface CloudEvidence {
  plan: RunPlan
  objectives: readonly CompiledObjective[]
  outcome: K6Outcome
  /** Errors of k6's log. */
  errors: readonly string[]
  /** Page of the run; missing where the cloud never began it. */
  url?: string | undefined
  /** What the API says of it, or why it says nothing. */
  testRun: CloudTestRun | { problem: string }
  /** Start and end of `k6 cloud run`. */
  processMs: { start: number; end: number }
}

/**
 * The verdict of a run in the cloud. Its thresholds are all that proves anything: each objective that they
 * can say holds when the cloud says "passed". Where it says "failed", nobody says by which of them.
 */
export function judgeCloud(evidence: CloudEvidence): JudgedRun {
  const { plan, url, processMs } = evidence
  const told = toldOf(evidence)
  const objectives = evidence.objectives.map((each) => resultOf(each, told))
  const verdict = runVerdict(told, objectives, evidence)
  const testRun = isKnown(evidence.testRun) ? evidence.testRun : undefined
  const startMs = Date.parse(testRun?.startedAt ?? '') || processMs.start
  return {
    ...verdict,
    objectives,
    ...withoutSamples({
      startMs,
      elapsedSeconds: testRun?.executionSeconds ?? 0,
      plannedSeconds: plan.durationSeconds,
      end: endOf(told.kind, evidence.outcome),
    }),
    source: sourceOf(evidence, url),
  }
}

/** What the cloud has said, with the reason where it is no success. */
type Told = { kind: 'passed' } | { kind: 'failed' | 'unknown' | 'broken'; reason: string }

// k6 exits with 0 also where the run has no result, such as one that the cloud has aborted.
function toldOf({ outcome, testRun, errors }: CloudEvidence): Told {
  const { exitCode, stoppedBy } = outcome
  const [error] = errors
  if (stoppedBy) return { kind: 'broken', reason: stopReason(stoppedBy, testRun) }
  if (isKnown(testRun)) return toldByApi(testRun, exitCode)
  if (exitCode === 0) {
    return { kind: 'unknown', reason: testRun.problem }
  }
  if (exitCode === 99) return { kind: 'failed', reason: 'a threshold was crossed' }
  return { kind: 'broken', reason: error ?? describeExit(exitCode) }
}

function toldByApi(testRun: CloudTestRun, exitCode: number | undefined): Told {
  const { result, status, message, abortedBy } = testRun
  if (status === 'aborted') {
    const by = abortedBy === undefined ? 'k6 cloud' : abortedBy
    return {
      kind: 'broken',
      reason: `aborted by ${by}${message === undefined ? '' : `: ${message}`}`,
    }
  }
  if (result === 'failed') {
    return { kind: 'failed', reason: message ?? 'a threshold was crossed' }
  }
  if (result === 'passed' && exitCode === 0) return { kind: 'passed' }
  const detail = message === undefined ? '' : `: ${message}`
  return {
    kind: 'broken',
    reason: `the result is "${result ?? 'none'}" and the status "${status}"${detail}`,
  }
}

function stopReason(
  stoppedBy: NonNullable<K6Outcome['stoppedBy']>,
  testRun: CloudEvidence['testRun'],
): string {
  const isOver = isKnown(testRun) && ['aborted', 'completed'].includes(testRun.status)
  const after = isOver
    ? ''
    : '; nobody has confirmed that it has ended in the cloud: look at its page'
  return stoppedBy === 'user' ? `aborted by the user${after}` : `aborted at its deadline${after}`
}

function isKnown(testRun: CloudEvidence['testRun']): testRun is CloudTestRun {
  return 'status' in testRun
}

function resultOf(
  { id, objective, absence, check, threshold: own }: CompiledObjective,
  told: Told,
): ObjectiveResult {
  const { level } = objective
  const row = objectiveRow({ id, objective })
  if (absence !== undefined) {
    return { ...row, verdict: 'not in this run', reason: reason('ABSENT', { why: absence }) }
  }
  const threshold = own ?? (check && { metric: check.metric, source: thresholdOf(check) })
  if (!threshold) {
    return {
      ...row,
      verdict: 'NO_DATA',
      reason: notMeasured('no threshold of k6 can say it, and there are no samples'),
    }
  }
  // An advisory one must not fail the run, so the cloud was not asked.
  if (level === 'advisory') {
    return {
      ...row,
      verdict: 'NO_DATA',
      reason: notMeasured('advisory, so the cloud did not judge it'),
    }
  }
  const details = { judgedBy: 'k6 cloud', threshold: `${threshold.metric}: ${threshold.source}` }
  if (told.kind === 'passed') return { ...row, verdict: 'PASS', details }
  const why =
    told.kind === 'failed'
      ? 'the cloud does not say which threshold was crossed'
      : 'the cloud has not judged it'
  return { ...row, verdict: 'NO_DATA', reason: notMeasured(why), details }
}

function runVerdict(
  told: Told,
  objectives: readonly ObjectiveResult[],
  evidence: CloudEvidence,
): Pick<JudgedRun, 'verdict' | 'isClose' | 'reasons'> {
  const notes = objectives
    .filter(({ verdict }) => verdict === 'NO_DATA')
    .flatMap((row) => (row.reason ? [ofObjective(nameText(row), row.reason)] : []))
  switch (told.kind) {
    case 'broken':
      return {
        verdict: 'INVALID',
        reasons: [...stopReasons(evidence), reason('CLOUD_BROKE', { message: told.reason })],
      }
    case 'unknown':
      return { verdict: 'NO_DATA', reasons: [reason('RESULT_UNKNOWN', { problem: told.reason })] }
    case 'failed':
      return { verdict: 'FAIL', reasons: [reason('CLOUD_FAILED', { message: told.reason })] }
    case 'passed': {
      const judged = objectives
        .filter(({ level }) => level === 'required')
        .flatMap((row) => judgementOf(row) ?? [])
      if (evidence.plan.script) return passedScript(judged)
      const none = judged.length === 0 ? [reason('NOTHING_JUDGED', {})] : []
      return { ...worst(judged), reasons: [...none, ...notes] }
    }
  }
}

// Nothing in it asks for samples, as the objectives of an SLA file do.
function passedScript(
  judged: readonly Judgement[],
): Pick<JudgedRun, 'verdict' | 'isClose' | 'reasons'> {
  if (judged.length === 0) {
    return { verdict: 'NO_OBJECTIVES', reasons: [reason('NO_OBJECTIVES', {})] }
  }
  const unseen = { verdict: 'PASS', isClose: true } as const
  return { ...worst([...judged, unseen]), reasons: [reason('CLOUD_SAMPLES_UNKNOWN', {})] }
}

function stopReasons({ outcome, testRun, processMs, plan }: CloudEvidence): Reason[] {
  if (outcome.stoppedBy !== 'user') return []
  const elapsedSeconds = isKnown(testRun)
    ? testRun.executionSeconds
    : (processMs.end - processMs.start) / 1_000
  return [reason('STOPPED_BY_USER', { elapsedSeconds, plannedSeconds: plan.durationSeconds })]
}

function notMeasured(why: string): Reason {
  return reason('NOT_MEASURED', { why })
}

function endOf(kind: Told['kind'], { stoppedBy }: K6Outcome): JudgedRun['delivery']['end'] {
  if (stoppedBy === 'user') return 'stopped-by-user'
  return kind === 'passed' || kind === 'failed' ? 'complete' : 'cut-short'
}

/** What the codes of `k6 cloud run` mean, where that is more than k6's own words. */
const EXITS: Record<number, string> = {
  0: 'no failure was seen',
  97: 'aborted, or ended with an error',
  255: 'refused: the token, the options, the quota or the upload',
}

function exitText(exitCode: number | undefined): string {
  const own = exitCode === undefined ? undefined : EXITS[exitCode]
  return own === undefined ? describeExit(exitCode) : `exit code ${exitCode}: ${own}`
}

function sourceOf({ testRun, outcome }: CloudEvidence, url: string | undefined): VerdictSource {
  const known = isKnown(testRun) ? testRun : undefined
  return {
    kind: 'k6 cloud',
    ...(url !== undefined && { url }),
    facts: [
      ['Judged by', "k6 cloud's thresholds, without intervals and windows"],
      ...(known
        ? [
            ['Cloud result', `${known.result ?? 'none'}, ${known.status}`] as [string, string],
            ['Cloud time', `${known.executionSeconds} s`] as [string, string],
          ]
        : []),
      ['k6', exitText(outcome.exitCode)],
    ],
  }
}
