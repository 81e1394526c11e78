import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { compileAll, createPlan } from '../sla/example-run.ts'
import { createSummary } from './example-summary.ts'
import { judge, type RunVerdict } from './judge.ts'
import { loadDelivered } from './load-delivered.ts'
import type { Summary } from './read-summary.ts'
import { worst } from './verdict.ts'

const LATENCY = { indicator: { latency: 'p95' }, limit: '< 200ms' }
const ERRORS = { indicator: 'error-ratio', limit: '< 0.1%' }
const RATE = { indicator: { rate: 'http_reqs' }, limit: '>= 100/s', phases: ['hold'] }
const ACCURACY = { indicator: { share: 'technique_accuracy' }, limit: '>= 95%', level: 'advisory' }
const RECOVERY = { indicator: 'recovery-time', limit: '< 5m' }
const DURATION = 'http_req_duration{judged:yes,expected_response:true}'
const FAILED = 'http_req_failed{judged:yes}'

function judgeAll(
  objectives: Record<string, unknown>[],
  summary: Summary = createSummary(),
  stoppedByUser = false,
): RunVerdict {
  const plan = createPlan()
  return judge(
    compileAll(objectives, plan),
    summary,
    loadDelivered({ summary, plan, stoppedByUser }),
  )
}

test('a run whose required objectives all hold is a PASS without reasons', () => {
  assert.deepEqual(judgeAll([LATENCY, { ...RATE, description: 'Sold as such.' }]), {
    verdict: 'PASS',
    objectives: [
      {
        id: 'o-1',
        level: 'required',
        indicator: 'latency p95',
        limit: '< 200ms',
        unit: 'ms',
        measured: 150.25,
        samples: 7_996,
        verdict: 'PASS',
      },
      {
        id: 'o-2',
        description: 'Sold as such.',
        level: 'required',
        indicator: 'rate of http_reqs',
        limit: '>= 100/s',
        unit: '/s',
        measured: 110,
        samples: 6_600,
        verdict: 'PASS',
      },
    ],
    reasons: [],
  })
})

test('the run takes its worst required objective', () => {
  const slow = createSummary({ [DURATION]: { 'p(95)': 900, count: 900 } })
  assert.equal(judgeAll([ERRORS, LATENCY], slow).verdict, 'FAIL')
  const alsoEmpty = createSummary({
    [DURATION]: { 'p(95)': 900, count: 900 },
    [FAILED]: { passes: 0, fails: 0, value: 0 },
  })
  assert.equal(judgeAll([ERRORS, LATENCY], alsoEmpty).verdict, 'NO_DATA')
})

test('an advisory objective is told, and decides nothing', () => {
  const run = judgeAll([LATENCY, ACCURACY])
  assert.equal(run.verdict, 'PASS')
  assert.equal(run.objectives[1]?.verdict, 'FAIL')
  assert.deepEqual(run.reasons, ['o-2 (advisory): 93%, expected >= 95%'])
})

test('what k6 cannot judge is left open and named', () => {
  const run = judgeAll([LATENCY, RECOVERY, { ...LATENCY, scenarios: ['spike'] }])
  assert.deepEqual(
    run.objectives.map(({ verdict }) => verdict),
    ['PASS', 'judged after the run', 'not in this run'],
  )
  assert.deepEqual(run.reasons, ["not judged from k6's summary: o-2"])
})

for (const objectives of [[], [RECOVERY], [{ ...ACCURACY, limit: '>= 90%' }]]) {
  test(`nothing required that was judged is NO_DATA: ${JSON.stringify(objectives)}`, () => {
    const run = judgeAll([...objectives, { ...LATENCY, scenarios: ['spike'] }])
    assert.equal(run.verdict, 'NO_DATA')
    assert.equal(run.reasons[0], 'no required objective could be judged')
  })
}

describe('a run that was not the planned one is INVALID, and still shows what it measured', () => {
  const cases: [changes: Parameters<typeof createSummary>[0], stopped: boolean, reason: string][] =
    [
      [{ script_exceptions: { count: 2 } }, false, 'the script threw 2 exceptions: see k6.log'],
      [{ vus: { max: 50 } }, false, 'only 50 of 100 users were active at once'],
      [{ iterations: { count: 500, rate: 100 } }, false, 'k6 ended after 5 s of 100 s'],
      [{ iterations: { count: 500, rate: 100 } }, true, 'stopped by the user after 5 s of 100 s'],
    ]
  for (const [changes, stopped, reason] of cases) {
    test(reason, () => {
      const run = judgeAll([LATENCY], createSummary(changes), stopped)
      assert.equal(run.verdict, 'INVALID')
      assert.deepEqual(run.reasons, [reason])
      assert.equal(run.objectives[0]?.measured, 150.25)
    })
  }
})

describe('a run that an objective has stopped', () => {
  const stop = { ...ERRORS, stop: { after: '5s' } }
  const changes = {
    iterations: { count: 500, rate: 100 },
    vus: { max: 50 },
    [FAILED]: { passes: 400, fails: 100, value: 0.8 },
  }
  const crossed = { [FAILED]: ['rate<0.001'] }

  test('is a FAIL, although its load was not delivered', () => {
    const run = judgeAll([stop, RATE], createSummary(changes, crossed))
    assert.equal(run.verdict, 'FAIL')
    assert.deepEqual(run.reasons, [
      'stopped by o-1 after 5 s of 100 s',
      'o-1: 80%, expected < 0.1%',
      'o-2: the run ended before its time was over',
    ])
  })

  test('is INVALID when the script threw', () => {
    const summary = createSummary({ ...changes, script_exceptions: { count: 1 } }, crossed)
    assert.equal(judgeAll([stop], summary).verdict, 'INVALID')
  })
})

test("a missed threshold of the script's own is a FAIL", () => {
  const summary = createSummary({}, { [DURATION]: ['p(95)<200', 'max<300'] })
  const run = judgeAll([LATENCY], summary)
  assert.equal(run.verdict, 'FAIL')
  assert.deepEqual(run.reasons, [`the script's own threshold was crossed: ${DURATION} max<300`])
})

test('the worst verdict of several is INVALID > NO_DATA > FAIL > MARGINAL > PASS', () => {
  const inOrder = ['INVALID', 'NO_DATA', 'FAIL', 'MARGINAL', 'PASS'] as const
  inOrder.forEach((expected, index) => assert.equal(worst(inOrder.slice(index)), expected))
  assert.equal(worst([]), 'NO_DATA')
})
