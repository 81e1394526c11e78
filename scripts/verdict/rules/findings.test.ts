// What the target and the load show besides the objectives.
import { describe, test } from 'node:test'
import assert from 'node:assert/strict'
import { reason } from '../../reasons/reasons.ts'
import {
  GOOD,
  judgeMeasured,
  type JudgeCase,
  HANG,
  MISSED,
  STOP,
  told,
} from '../../../tests/support/verdict/example-evidence.ts'

const BUSY = { seconds: 10, judgedSeconds: 80, slow: 500, allSlow: 500 }
const OPEN = { model: 'open', target: 100, thinkSeconds: 0 } as const
// Rates of createPlan: 10 s to 10/s, 20 s to 100/s, 60 s of 100/s, 10 s to 0.
const PLANNED = 50 + 1_100 + 6_000 + 500

const cases: JudgeCase[] = [
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
    evidence: { load: { interruptedIterations: 50 }, stoppedBy: { ...STOP, isResult: true } },
    is: 'PASS:',
  },
  {
    title: 'it stands still to the end',
    evidence: { standstills: [HANG] },
    is: 'FAIL: STANDSTILL',
  },
  {
    title: 'it stands still for two seconds',
    evidence: { standstills: [{ ...HANG, seconds: 2, reachesEnd: false }] },
    is: 'PASS (close): STANDSTILL',
  },
  {
    title: 'it stands still for six seconds',
    evidence: { standstills: [{ ...HANG, seconds: 6, reachesEnd: false }] },
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
    title: 'no log-in is answered, and one of several k6 has run setup() for all',
    measured: [{ samples: 0 }],
    evidence: {
      ends: [{ name: '1', exitCode: 107, message: 'status 503' }],
      instanceFaults: [reason('INSTANCE_FAILED', { fault: 'instance 1: setup() failed' })],
      facts: { iterations: 0, elapsedSeconds: 0.1, usersMax: 0 },
      logIns: { requests: 3, unanswered: 3, statuses: '3 with status 503' },
    },
    is: 'FAIL: LOG_IN_UNANSWERED NO_SAMPLES',
  },
  {
    title: 'one of many log-ins in setup() is not answered, and it throws',
    measured: [{ samples: 0 }],
    evidence: {
      ends: [{ exitCode: 107, message: 'status 503' }],
      facts: { iterations: 0, elapsedSeconds: 0.1, usersMax: 0 },
      logIns: { requests: 200, unanswered: 1, statuses: '1 with status 503' },
    },
    is: 'FAIL: LOG_IN_UNANSWERED NO_SAMPLES',
  },
  {
    title: 'one log-in is not answered, and later teardown() throws',
    evidence: {
      ends: [{ exitCode: 107, message: 'no stock' }],
      logIns: { requests: 1_000, unanswered: 1, statuses: '1 with status 503' },
    },
    is: 'INVALID: SCRIPT_FAILED',
  },
  {
    title: 'checks of one endpoint are counted, and those of others fail',
    measured: [
      {
        raw: {
          indicator: { share: 'checks' },
          limit: '>= 99%',
          where: { endpoint: 'GET /v1/history' },
        },
        value: 1,
      },
    ],
    evidence: { checks: { checks: 1_000, rejected: 600, reasons: 'no-json' } },
    is: 'FAIL: RESPONSES_REJECTED',
  },
  {
    title: 'the machine was busy while an advisory latency was missed',
    measured: [GOOD, { ...MISSED, raw: { id: 'p99', level: 'advisory' } }],
    evidence: { machineBusy: new Map([['p99', reason('MACHINE_BUSY', BUSY)]]) },
    is: 'PASS: LIMIT_MISSED',
  },
  {
    title: 'one redirect of many requests led where nobody has allowed',
    evidence: { facts: { redirectsRefused: 1 } },
    is: 'FAIL: REDIRECT_REFUSED',
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
    evidence: { neverCalled: { operations: [], endpoints: ['GET /v1/history'] } },
    is: 'NO_DATA: ENDPOINT_NEVER_CALLED',
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
]

describe('what the target did wrong and no objective says', () => {
  for (const { title, measured = [GOOD], evidence, is } of cases) {
    test(`${title}: ${is}`, () => {
      assert.equal(told(judgeMeasured(measured, evidence)), is)
    })
  }
})
