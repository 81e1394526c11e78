import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  FEW,
  GOOD,
  JUST_MISSED,
  judgeMeasured,
  type JudgeCase,
  MISSED,
  NEAR,
  HANG,
  STOP,
  told,
} from '../../tests/support/verdict/example-evidence.ts'
import { reason } from '../reasons/reasons.ts'

const torn = reason('SAMPLES_CUT', {})
const busy = reason('SAMPLES_NOT_FINITE', { samples: 1 })

const cases: JudgeCase[] = [
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
  {
    title: 'k6 takes all memory, and is killed for it',
    measured: [MISSED],
    evidence: {
      facts: { elapsedSeconds: 40, usersMax: 50 },
      ends: [{}],
      endedBecause: reason('GENERATOR_MEMORY_ENDED', {
        ...{ k6Bytes: 5.9e9, availableBytes: 4e8, maxBytes: 2e10, atSeconds: 12 },
      }),
    },
    is: 'INVALID: GENERATOR_MEMORY_ENDED LIMIT_MISSED',
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
    evidence: { facts: { elapsedSeconds: 40, usersMax: 50 }, stoppedBy: STOP },
    is: 'FAIL: STOPPED_BY_OBJECTIVE',
  },
  {
    title: 'an objective ends the run on a busy machine',
    evidence: { facts: { elapsedSeconds: 40 }, stoppedBy: STOP, generatorFaults: [busy] },
    is: 'FAIL: STOPPED_BY_OBJECTIVE',
  },
  {
    title: 'an objective ends a run with torn samples',
    evidence: { stoppedBy: STOP, sampleFaults: [torn] },
    is: 'INVALID: SAMPLES_CUT STOPPED_BY_OBJECTIVE',
  },
  {
    title: 'a breaking point was found, as wanted',
    evidence: { facts: { elapsedSeconds: 40 }, stoppedBy: { ...STOP, isResult: true } },
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

test('one of several parts of a load says so', () => {
  assert.equal(told(judgeMeasured([GOOD], { part: 'segment 2/5' })), 'PASS: PART_OF_LOAD')
})

test('what is suspicious in the SLA file is said once, and decides nothing', () => {
  const run = judgeMeasured([{ ...GOOD, raw: { limit: '< 2m', each: 'endpoint' } }])
  const texts = run.reasons.flatMap(({ code, text }) => (code === 'SLA_SUSPICIOUS' ? text : []))
  assert.deepEqual(texts, ['SLA file, objectives[0].limit: expected at most 60s, got "< 2m"'])
  const alone = judgeMeasured([{ ...GOOD, raw: { limit: '< 2m' } }])
  assert.equal(told(alone), 'PASS: SLA_SUSPICIOUS')
  const bad = judgeMeasured([{ ...GOOD, raw: { limit: '< 2m' } }], { generatorFaults: [busy] })
  assert.equal(told(bad), 'INVALID: SAMPLES_NOT_FINITE SLA_SUSPICIOUS')
})

test('the verdict is plain JSON', () => {
  const run = judgeMeasured([GOOD, MISSED, NEAR, FEW], { standstills: [HANG] })
  assert.deepEqual(JSON.parse(JSON.stringify(run)), run)
})
