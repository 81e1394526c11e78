import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createPlan } from '../sla/example-run.ts'
import { createFacts } from './example-facts.ts'
import { judge, type RunEvidence } from './judge.ts'
import type { ObjectiveResult } from './judge-objective.ts'
import { loadDelivered } from './load-delivered.ts'
import type { RunFacts } from './run-facts.ts'
import { VERDICTS, worst } from './verdict.ts'

type Judged = ObjectiveResult['verdict']

/** One row of the SLA table, with the verdict as its reason. */
function row(verdict: Judged, level: ObjectiveResult['level'] = 'required'): ObjectiveResult {
  return {
    id: `is-${verdict}`,
    level,
    indicator: 'latency p95',
    limit: '< 200ms',
    bound: 200,
    unit: 'ms',
    verdict,
    ...(verdict !== 'PASS' && { reason: `why ${verdict}` }),
  }
}

interface Changes extends Partial<RunEvidence> {
  facts?: Partial<RunFacts>
  stoppedByUser?: boolean
}

function evidence({ facts, stoppedByUser = false, ...changes }: Changes = {}): RunEvidence {
  const input = { facts: createFacts(facts), plan: createPlan(), stoppedByUser }
  return {
    delivery: loadDelivered(input),
    sampleFaults: [],
    generatorFaults: [],
    foreignThresholds: [],
    ...changes,
  }
}

function judgeRows(rows: ObjectiveResult[], changes?: Changes) {
  const { verdict, reasons, objectives } = judge(rows, evidence(changes))
  assert.equal(objectives, rows)
  return { verdict, reasons }
}

test('a run whose required objectives all hold is a PASS without reasons', () => {
  const rows = [row('PASS'), row('PASS', 'advisory'), row('not in this run')]
  assert.deepEqual(judgeRows(rows), { verdict: 'PASS', reasons: [] })
})

describe('the run takes its worst required objective, and names all that are not PASS', () => {
  const cases: [verdicts: Judged[], verdict: string][] = [
    [['PASS', 'MARGINAL'], 'MARGINAL'],
    [['MARGINAL', 'FAIL', 'PASS'], 'FAIL'],
    [['NO_DATA', 'FAIL'], 'NO_DATA'],
    [['FAIL', 'not in this run'], 'FAIL'],
  ]
  for (const [verdicts, verdict] of cases) {
    test(verdicts.join(', '), () => {
      const named = verdicts.filter((each) => each !== 'PASS' && each !== 'not in this run')
      assert.deepEqual(judgeRows(verdicts.map((each) => row(each))), {
        verdict,
        reasons: named.map((each) => `is-${each}: why ${each}`),
      })
    })
  }
})

test('what nobody can know keeps a run from PASS, and from nothing else', () => {
  const doubts = ['whether the generator kept up']
  const sound = judge([row('PASS')], evidence({ doubts }))
  assert.equal(sound.verdict, 'MARGINAL')
  assert.deepEqual(sound.reasons, doubts)
  const missed = judge([row('FAIL')], evidence({ doubts }))
  assert.equal(missed.verdict, 'FAIL')
  assert.deepEqual(missed.reasons, ['is-FAIL: why FAIL', ...doubts])
  assert.equal(judge([], evidence({ doubts })).verdict, 'NO_DATA')
})

test('an advisory objective is told, and decides nothing', () => {
  const rows = [row('PASS'), row('FAIL', 'advisory'), row('NO_DATA', 'advisory')]
  assert.deepEqual(judgeRows(rows), {
    verdict: 'PASS',
    reasons: ['is-FAIL (advisory): why FAIL', 'is-NO_DATA (advisory): why NO_DATA'],
  })
})

describe('nothing required that was judged is NO_DATA', () => {
  for (const rows of [[], [row('PASS', 'advisory')], [row('not in this run')]]) {
    test(JSON.stringify(rows.map(({ id, level }) => [id, level])), () => {
      assert.deepEqual(judgeRows(rows), {
        verdict: 'NO_DATA',
        reasons: ['no required objective could be judged'],
      })
    })
  }

  test("also when a threshold of the script's own was missed", () => {
    assert.equal(judgeRows([], { foreignThresholds: ['crossed'] }).verdict, 'NO_DATA')
  })
})

describe('a run that was not the planned one, or not soundly measured, is INVALID', () => {
  const cases: [changes: Changes, reasons: string[]][] = [
    [{ facts: { scriptExceptions: 2 } }, ['the script threw 2 exceptions: see k6.log']],
    [{ facts: { usersMax: 50 } }, ['only 50 of 100 users were active at once']],
    [{ facts: { elapsedSeconds: 5 } }, ['k6 ended after 5 s of 100 s']],
    [
      { facts: { elapsedSeconds: 5 }, stoppedByUser: true },
      ['stopped by the user after 5 s of 100 s'],
    ],
    [{ sampleFaults: ['torn'] }, ['torn']],
    [{ generatorFaults: ['saturated'] }, ['saturated']],
    [
      {
        facts: { elapsedSeconds: 5, usersMax: 50, scriptExceptions: 1 },
        sampleFaults: ['torn'],
        generatorFaults: ['saturated'],
      },
      [
        'k6 ended after 5 s of 100 s',
        'torn',
        'the script threw 1 exception: see k6.log',
        'saturated',
        'only 50 of 100 users were active at once',
      ],
    ],
  ]
  for (const [changes, reasons] of cases) {
    for (const verdict of ['PASS', 'FAIL', 'NO_DATA'] as const) {
      test(`${verdict}, but ${reasons.join(', ')}`, () => {
        const notes = verdict === 'PASS' ? [] : [`is-${verdict}: why ${verdict}`]
        assert.deepEqual(judgeRows([row(verdict)], changes), {
          verdict: 'INVALID',
          reasons: [...reasons, ...notes],
        })
      })
    }
  }

  test('what the user has stopped is no cut, and its load was not missing', () => {
    const changes = { facts: { elapsedSeconds: 5, usersMax: 50 }, stoppedByUser: true }
    assert.deepEqual(judgeRows([row('PASS')], { ...changes, sampleFaults: ['torn'] }).reasons, [
      'stopped by the user after 5 s of 100 s',
      'torn',
    ])
  })
})

describe('a run that an objective has stopped', () => {
  const facts = { elapsedSeconds: 40, usersMax: 50 }
  const stoppedBy = { id: 'errors', reason: 'error-ratio 80% over the last 10 s' }

  test('is a FAIL, although its load was not delivered', () => {
    assert.deepEqual(judgeRows([row('PASS'), row('NO_DATA')], { facts, stoppedBy }), {
      verdict: 'FAIL',
      reasons: [
        'stopped by errors after 40 s of 100 s: error-ratio 80% over the last 10 s',
        'is-NO_DATA: why NO_DATA',
      ],
    })
  })

  test('has its verdict from the objectives when the stop was what it looked for', () => {
    const changes = { facts, stoppedBy: { ...stoppedBy, isResult: true } }
    assert.deepEqual(judgeRows([row('PASS')], changes), { verdict: 'PASS', reasons: [] })
    assert.equal(judgeRows([row('FAIL')], changes).verdict, 'FAIL')
  })

  for (const changes of [
    { sampleFaults: ['torn'] },
    { generatorFaults: ['saturated'] },
    { facts: { ...facts, scriptExceptions: 1 } },
  ]) {
    test(`is INVALID with ${JSON.stringify(changes)}`, () => {
      assert.equal(judgeRows([row('FAIL')], { facts, stoppedBy, ...changes }).verdict, 'INVALID')
    })
  }

  test('is INVALID when the user stopped it as well', () => {
    const changes = { facts, stoppedBy, stoppedByUser: true }
    assert.equal(judgeRows([row('FAIL')], changes).verdict, 'INVALID')
  })
})

test("a missed threshold of the script's own is a FAIL, unless something is worse", () => {
  const foreignThresholds = ["the script's own threshold was crossed: x max<300"]
  const verdictWith = (each: Judged) => judgeRows([row(each)], { foreignThresholds }).verdict
  assert.deepEqual(judgeRows([row('PASS')], { foreignThresholds }), {
    verdict: 'FAIL',
    reasons: foreignThresholds,
  })
  assert.deepEqual([verdictWith('MARGINAL'), verdictWith('NO_DATA')], ['FAIL', 'NO_DATA'])
})

test('the worst verdict of several is INVALID > NO_DATA > FAIL > MARGINAL > PASS', () => {
  const inOrder = ['INVALID', 'NO_DATA', 'FAIL', 'MARGINAL', 'PASS'] as const
  assert.deepEqual([...VERDICTS].reverse(), inOrder)
  inOrder.forEach((expected, index) => {
    assert.equal(worst(inOrder.slice(index)), expected)
    assert.equal(worst(inOrder.slice(index).reverse()), expected)
  })
  assert.equal(worst([]), 'NO_DATA')
})
