import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileAll, createPlan } from '../../../tests/support/sla/example.ts'
import { type CloudEvidence, judgeCloud } from './judge-cloud.ts'
import { exitCode } from '../../verdict/exit-code.ts'
import { reason, type Reason } from '../../reasons/reasons.ts'
import type { CloudTestRun } from './cloud-test-run.ts'

const p95 = { id: 'p95', indicator: { latency: 'p95' }, limit: '< 200ms' }
const drift = { id: 'drift', indicator: { drift: 'latency.p95' }, limit: '< 10%' }

const run: CloudTestRun = { id: 1, status: 'completed', result: 'passed', executionSeconds: 90 }

function judged(changes: Partial<CloudEvidence>, objectives: Record<string, unknown>[] = [p95]) {
  return judgeCloud({
    plan: createPlan(),
    objectives: compileAll(objectives),
    outcome: { exitCode: 0 },
    errors: [],
    url: 'https://x.grafana.net/runs/1',
    testRun: run,
    processMs: { start: 0, end: 1 },
    ...changes,
  })
}

function codesOf(reasons: readonly Reason[]): string[] {
  return reasons.map(({ code }) => code)
}

test('"passed" is PASS for what a threshold can say', () => {
  const { verdict, reasons, objectives, source, delivery } = judged({})

  assert.equal(verdict, 'PASS')
  assert.deepEqual(reasons, [])
  assert.deepEqual(objectives[0]?.details, {
    judgedBy: 'k6 cloud',
    threshold: 'http_req_duration{judged:yes,expected_response:true}: p(95)<200',
  })
  assert.equal(objectives[0].measured, undefined, 'no number is made up')
  assert.equal(source?.url, 'https://x.grafana.net/runs/1')
  assert.equal(delivery.elapsedSeconds, 90)
})

test('an objective that no threshold can say is NO_DATA, and so is the run', () => {
  const { verdict, reasons } = judged({}, [p95, drift])
  assert.equal(verdict, 'NO_DATA')
  assert.deepEqual(codesOf(reasons), ['NOT_MEASURED'])
  assert.match(reasons[0]?.text ?? '', /^drift: no threshold of k6 can say it/)
})

test('an advisory objective is not judged, and leaves the run PASS', () => {
  const { verdict, objectives } = judged({}, [p95, { ...p95, id: 'hint', level: 'advisory' }])
  assert.equal(verdict, 'PASS')
  assert.equal(objectives[1]?.verdict, 'NO_DATA')
})

test('a run with nothing to judge is NO_DATA', () => {
  assert.equal(judged({}, [{ ...p95, level: 'advisory' }]).verdict, 'NO_DATA')
})

test('"failed" fails the run and blames no objective', () => {
  const failed = { ...run, result: 'failed', message: 'Thresholds breached' } as const
  const { verdict, reasons, objectives } = judged({ outcome: { exitCode: 99 }, testRun: failed })

  assert.equal(verdict, 'FAIL')
  assert.deepEqual(codesOf(reasons), ['CLOUD_FAILED'])
  assert.match(
    reasons[0]?.text ?? '',
    /^Grafana Cloud k6 says that the run failed: Thresholds breached\. /,
  )
  assert.equal(objectives[0]?.verdict, 'NO_DATA')
})

// k6 exits with 0 in each of these.
for (const [name, testRun] of [
  ['a run without a result', { ...run, result: null }],
  ['a run that the cloud aborted', { ...run, status: 'aborted', result: null }],
  ['a run that is not over', { ...run, status: 'running', result: null }],
] as const) {
  test(`${name} is INVALID though k6 saw no failure`, () => {
    const { verdict, reasons } = judged({ testRun })
    assert.equal(verdict, 'INVALID')
    assert.deepEqual(codesOf(reasons), ['CLOUD_BROKE'])
  })
}

test('when the API cannot be asked, nothing is proved', () => {
  const { verdict, reasons } = judged({ testRun: { problem: 'the API answered 502' } })
  assert.equal(verdict, 'NO_DATA')
  assert.deepEqual(codesOf(reasons), ['RESULT_UNKNOWN'])
  assert.match(
    reasons[0]?.text ?? '',
    /the result of the cloud is not known: the API answered 502$/,
  )
})

test('who aborted it, and why, is said', () => {
  const aborted = { ...run, status: 'aborted', result: 'error' } as const
  const by = (testRun: CloudTestRun) =>
    judged({ outcome: { exitCode: 97 }, testRun }).reasons[0]?.data['message']

  assert.equal(by({ ...aborted, abortedBy: 'me@example.com' }), 'aborted by me@example.com')
  assert.equal(
    by({ ...aborted, message: 'limit of the plan' }),
    'aborted by k6 cloud: limit of the plan',
  )
})

test('after a deadline nobody knows whether the cloud has stopped', () => {
  const outcome = { stoppedBy: 'deadline' } as const
  const { verdict, reasons } = judged({ outcome, testRun: { problem: 'no answer' } })
  assert.equal(verdict, 'INVALID')
  assert.match(
    reasons[0]?.text ?? '',
    /has no result: aborted at its deadline; nobody has confirmed/,
  )

  const stopped = { ...run, status: 'aborted', result: 'error' } as const
  const byUser = judged({ outcome: { stoppedBy: 'user' }, testRun: stopped })
  assert.deepEqual(byUser.reasons, [
    reason('STOPPED_BY_USER', { elapsedSeconds: 90, plannedSeconds: 100 }),
    reason('CLOUD_BROKE', { message: 'aborted by the user' }),
  ])
  assert.equal(exitCode(byUser), 105)
})

test('what the cloud refused has the reason of k6', () => {
  const { verdict, reasons, source } = judged({
    outcome: { exitCode: 255 },
    errors: ['(400/quota) too many VUs'],
    url: undefined,
    testRun: { problem: 'the cloud did not begin it' },
  })
  assert.equal(verdict, 'INVALID')
  assert.deepEqual(reasons, [reason('CLOUD_BROKE', { message: '(400/quota) too many VUs' })])
  assert.deepEqual(source?.facts.at(-1), [
    'k6',
    'exit code 255: refused: the token, the options, the quota or the upload',
  ])
})
