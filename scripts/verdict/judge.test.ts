import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  type EvidenceChanges,
  FEW,
  GOOD,
  JUST_MISSED,
  judgeMeasured,
  type Measured,
  MISSED,
  NEAR,
} from './example-evidence.ts'
import type { RunVerdict } from './judge.ts'
import { reason } from '../reasons/reasons.ts'
import { verdictText } from './verdict.ts'

/** `FAIL (close): LIMIT_MISSED ...` */
function told(run: RunVerdict): string {
  return [`${verdictText(run)}:`, ...run.reasons.map(({ code }) => code)].join(' ')
}

const OPEN = { model: 'open', target: 100, thinkSeconds: 0 } as const
// Rates of createPlan: 10 s to 10/s, 20 s to 100/s, 60 s of 100/s, 10 s to 0.
const PLANNED = 50 + 1_100 + 6_000 + 500
const torn = reason('SAMPLES_CUT', {})
const busy = reason('SAMPLES_NOT_FINITE', { samples: 1 })
const hang = { atSeconds: 60, seconds: 30, phase: 'hold', reachesEnd: true }
const stop = { id: 'errors', reason: 'error-ratio 80% over the last 10 s' }

interface Case {
  title: string
  measured?: Measured[]
  evidence?: EvidenceChanges
  is: string
}

const cases: Case[] = [
  { title: 'all objectives are met', is: 'PASS:' },
  {
    title: 'a limit lies inside of the interval',
    measured: [NEAR],
    is: 'PASS (close): CLOSE_TO_LIMIT',
  },
  { title: 'a limit is missed', measured: [GOOD, MISSED], is: 'FAIL: LIMIT_MISSED' },
  {
    title: 'a limit is missed by less than is known',
    measured: [JUST_MISSED],
    is: 'FAIL (close): LIMIT_MISSED',
  },
  {
    title: 'a clear miss beside a close one',
    measured: [JUST_MISSED, MISSED],
    is: 'FAIL: LIMIT_MISSED LIMIT_MISSED',
  },
  { title: 'too few samples', measured: [GOOD, FEW], is: 'NO_DATA: TOO_FEW_SAMPLES' },
  {
    title: 'too few samples of one objective, and another is missed',
    measured: [FEW, MISSED],
    is: 'FAIL: LIMIT_MISSED TOO_FEW_SAMPLES',
  },
  {
    title: 'an advisory objective is missed',
    measured: [GOOD, { ...MISSED, raw: { level: 'advisory' } }],
    is: 'PASS: LIMIT_MISSED',
  },
  {
    title: 'only an advisory objective was judged',
    measured: [{ ...GOOD, raw: { level: 'advisory' } }],
    is: 'NO_DATA: NOTHING_JUDGED',
  },
  {
    title: 'no objective is in this run',
    measured: [{ ...GOOD, raw: { scenarios: ['spike'] } }],
    is: 'NO_DATA: NOTHING_JUDGED',
  },
  // How k6 ended is evidence.
  {
    title: "a threshold of k6's own objectives",
    evidence: { ends: [{ exitCode: 99 }] },
    is: 'PASS:',
  },
  {
    title: "a threshold of the script's own",
    evidence: {
      crossedThresholds: [
        reason('THRESHOLD_CROSSED', { metric: 'x', threshold: 'max<300', where: '' }),
      ],
    },
    is: 'FAIL: THRESHOLD_CROSSED',
  },
  {
    title: 'the script aborts',
    evidence: { ends: [{ exitCode: 108, message: 'no stock left' }] },
    is: 'INVALID: SCRIPT_ABORTED',
  },
  {
    title: 'the script marks the test as failed',
    evidence: { ends: [{ exitCode: 110 }] },
    is: 'FAIL: MARKED_FAILED',
  },
  {
    title: 'teardown() throws',
    evidence: { ends: [{ exitCode: 107 }] },
    is: 'INVALID: SCRIPT_FAILED',
  },
  { title: 'k6 is killed', evidence: { ends: [{}] }, is: 'INVALID: K6_KILLED' },
  { title: 'k6 crashes', evidence: { ends: [{ exitCode: 109 }] }, is: 'INVALID: K6_BROKE' },
  {
    title: 'k6 never ends',
    evidence: { ends: [{ exitCode: 105, isOverdue: true }] },
    is: 'INVALID: DEADLINE_PASSED',
  },
  {
    title: 'the user stops it',
    evidence: {
      facts: { elapsedSeconds: 40, usersMax: 50 },
      load: { stoppedByUser: true },
      ends: [{ exitCode: 105 }],
    },
    is: 'INVALID: STOPPED_BY_USER',
  },
  {
    title: 'k6 ends early',
    evidence: { facts: { elapsedSeconds: 40 } },
    is: 'INVALID: ENDED_EARLY',
  },
  // The target that does not answer.
  {
    title: 'a tenth of the iterations never ended',
    evidence: { load: { interruptedIterations: 1_200 } },
    is: 'FAIL: REQUESTS_UNANSWERED',
  },
  {
    title: 'one of ten thousand iterations never ended',
    evidence: { load: { interruptedIterations: 1 } },
    is: 'PASS (close): REQUESTS_UNANSWERED',
  },
  {
    title: 'iterations that a stop has cut',
    evidence: { load: { interruptedIterations: 50 }, stoppedBy: { ...stop, isResult: true } },
    is: 'PASS:',
  },
  {
    title: 'it stands still to the end',
    evidence: { standstills: [hang] },
    is: 'FAIL: STANDSTILL',
  },
  {
    title: 'it stands still for two seconds',
    evidence: { standstills: [{ ...hang, seconds: 2, reachesEnd: false }] },
    is: 'PASS (close): STANDSTILL',
  },
  {
    title: 'it stands still for six seconds',
    evidence: { standstills: [{ ...hang, seconds: 6, reachesEnd: false }] },
    is: 'FAIL: STANDSTILL',
  },
  {
    title: 'no log-in is answered, so that setup() throws',
    measured: [{ samples: 0 }],
    evidence: {
      ends: [{ exitCode: 107, message: 'status 503' }],
      facts: { iterations: 0, elapsedSeconds: 0.1, usersMax: 0 },
      logIns: { requests: 3, unanswered: 3, statuses: '3 with status 503' },
    },
    is: 'FAIL: LOG_IN_UNANSWERED NO_SAMPLES',
  },
  {
    title: 'wrong passwords',
    evidence: { facts: { authFailures: 101 } },
    is: 'INVALID: LOG_IN_FAILED',
  },
  {
    title: 'log-ins that the target does not answer',
    evidence: {
      facts: { authFailures: 101 },
      logIns: { requests: 200, unanswered: 101, statuses: '101 with status 500' },
    },
    is: 'FAIL: LOG_IN_UNANSWERED',
  },
  {
    title: 'an endpoint is never called',
    evidence: { uncalledEndpoints: ['GET /v1/history'] },
    is: 'NO_DATA: ENDPOINT_NEVER_CALLED',
  },
  // Checks that no objective counts.
  {
    title: 'every response is rejected',
    evidence: { checks: { checks: 100, rejected: 100, reasons: 'not-json' } },
    is: 'FAIL: RESPONSES_REJECTED',
  },
  {
    title: 'a hundredth of the responses is rejected',
    evidence: { checks: { checks: 1_000, rejected: 10, reasons: 'not-json' } },
    is: 'PASS (close): RESPONSES_REJECTED',
  },
  {
    title: 'rejected responses that an objective counts',
    measured: [{ value: 0.99, raw: { indicator: { share: 'checks' }, limit: '>= 90%' } }],
    evidence: { checks: { checks: 1_000, rejected: 10, reasons: 'not-json' } },
    is: 'PASS:',
  },
  // The load.
  { title: 'VUs are missing', evidence: { facts: { usersMax: 98 } }, is: 'INVALID: VUS_MISSING' },
  { title: 'no iteration', evidence: { facts: { iterations: 0 } }, is: 'INVALID: NO_ITERATION' },
  {
    title: 'k6 stood still at the end of an open load',
    evidence: { plan: OPEN, facts: { iterations: 5_500 } },
    is: 'INVALID: LOAD_NOT_OFFERED',
  },
  {
    title: 'an open load that was offered whole',
    evidence: { plan: OPEN, facts: { iterations: PLANNED - 60 } },
    is: 'PASS:',
  },
  {
    title: 'a target too slow for the rate, with VUs enough for its service level',
    evidence: {
      plan: OPEN,
      facts: { iterations: 5_000, droppedIterations: 2_650, iterationSeconds: 1.2 },
    },
    is: 'FAIL: TARGET_TOO_SLOW',
  },
  {
    title: 'a pool that is too small even for a target that keeps its service level',
    evidence: {
      plan: OPEN,
      facts: { iterations: 5_000, droppedIterations: 2_650, usersReady: 10 },
    },
    is: 'INVALID: POOL_TOO_SMALL',
  },
  {
    title: 'a steep ramp in steps drops iterations by its nature',
    evidence: {
      plan: { ...OPEN, judges: 'steps' },
      facts: { iterations: 5_000, droppedIterations: 2_650, iterationSeconds: 1.2 },
    },
    measured: [{ value: 500, raw: { indicator: 'slo-capacity', limit: '>= 400/s' } }],
    is: 'PASS:',
  },
  // What cannot be trusted.
  { title: 'torn samples', evidence: { sampleFaults: [torn] }, is: 'INVALID: SAMPLES_CUT' },
  {
    title: 'a generator at its limit',
    evidence: { generatorFaults: [busy] },
    is: 'INVALID: SAMPLES_NOT_FINITE',
  },
  {
    title: 'an exception of the script',
    evidence: { facts: { scriptExceptions: 2 } },
    is: 'INVALID: SCRIPT_THREW',
  },
  {
    title: 'nothing is known of the generator',
    evidence: { doubts: [reason('GENERATOR_UNKNOWN', { where: 'nowhere' })] },
    is: 'PASS (close): GENERATOR_UNKNOWN',
  },
  {
    title: 'nothing is known of the generator, and a limit is missed',
    measured: [MISSED],
    evidence: { doubts: [reason('GENERATOR_UNKNOWN', { where: 'nowhere' })] },
    is: 'FAIL: LIMIT_MISSED GENERATOR_UNKNOWN',
  },
  // An objective that ends the run.
  {
    title: 'an objective ends the run',
    evidence: { facts: { elapsedSeconds: 40, usersMax: 50 }, stoppedBy: stop },
    is: 'FAIL: STOPPED_BY_OBJECTIVE',
  },
  {
    title: 'an objective ends the run on a busy machine',
    evidence: { facts: { elapsedSeconds: 40 }, stoppedBy: stop, generatorFaults: [busy] },
    is: 'FAIL: STOPPED_BY_OBJECTIVE',
  },
  {
    title: 'an objective ends a run with torn samples',
    evidence: { stoppedBy: stop, sampleFaults: [torn] },
    is: 'INVALID: SAMPLES_CUT STOPPED_BY_OBJECTIVE',
  },
  {
    title: 'a breaking point was found, as wanted',
    evidence: { facts: { elapsedSeconds: 40 }, stoppedBy: { ...stop, isResult: true } },
    is: 'PASS:',
  },
]

describe('the verdict of a run', () => {
  for (const { title, measured = [GOOD], evidence, is } of cases) {
    test(`${title}: ${is}`, () => {
      assert.equal(told(judgeMeasured(measured, evidence)), is)
    })
  }
})

test('an INVALID run says what it would be, and why', () => {
  const failing = judgeMeasured([MISSED], { generatorFaults: [busy] })
  assert.deepEqual([failing.verdict, failing.wouldBe], ['INVALID', { verdict: 'FAIL' }])
  assert.equal(told(failing), 'INVALID: SAMPLES_NOT_FINITE LIMIT_MISSED')
  assert.deepEqual(judgeMeasured([NEAR], { generatorFaults: [busy] }).wouldBe, {
    verdict: 'PASS',
    isClose: true,
  })
  assert.equal('wouldBe' in judgeMeasured([MISSED]), false)
})

test('a reason of an objective names it, in its text and in its data', () => {
  const { reasons } = judgeMeasured([{ ...MISSED, raw: { id: 'latency' } }])
  assert.equal(reasons[0]?.text, 'latency: 300 ms, expected < 200ms')
  assert.equal(reasons[0]?.data['objective'], 'latency')
})

test('one of several parts of a load says so', () => {
  assert.equal(told(judgeMeasured([GOOD], { part: 'segment 2/5' })), 'PASS: PART_OF_LOAD')
})

test('the verdict is plain JSON', () => {
  const run = judgeMeasured([GOOD, MISSED, NEAR, FEW], { standstills: [hang] })
  assert.deepEqual(JSON.parse(JSON.stringify(run)), run)
})
