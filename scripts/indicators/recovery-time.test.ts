import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { judgeRaw, measureRaw, openExample } from '../../tests/support/verdict/example-judging.ts'
import { type ExampleSample, requests } from '../../tests/support/verdict/example-recording.ts'
import { load, PHASES, phasesOf, type Trouble } from '../../tests/support/verdict/example-spikes.ts'
import { type Reason, reason } from '../reasons/reasons.ts'

const RECOVERY = { indicator: 'recovery-time', limit: '< 5s' }

const SLOW = { durationMs: 500 }

describe('the time from the end of a spike until all is as before, and stays so', () => {
  const cases: [what: string, troubles: Trouble[], seconds: number[]][] = [
    ['nothing was wrong', [], [0, 0]],
    ['slow in the spikes only', [{ ...SLOW, from: 70, to: 90 }], [0, 0]],
    [
      'slow for a while after each',
      [
        { ...SLOW, from: 70, to: 97 },
        { ...SLOW, from: 120, to: 143 },
      ],
      [7, 3],
    ],
    ['slow again after four good seconds', twice(90, 92, 96, 98), [8, 0]],
    ['slow for two seconds after five good ones', twice(90, 92, 97, 99), [2, 0]],
    ['slow for four seconds after five good ones', twice(90, 92, 97, 101), [11, 0]],
    ['failing', [{ from: 90, to: 94, isFailing: true }], [4, 0]],
    ['few failures, however long they take', [{ from: 90, to: 100, isTimingOut: true }], [0, 0]],
    ['silent', [{ from: 90, to: 96, isSilent: true }], [6, 0]],
    ['a tenth slower than usual', [{ from: 90, to: 100, durationMs: 108 }], [0, 0]],
    ['more than a tenth slower', [{ from: 90, to: 100, durationMs: 111 }], [10, 0]],
  ]
  for (const [what, troubles, seconds] of cases) {
    test(what, async (t) => {
      const samples = load(180, ...troubles)
      const context = await openExample(t, { samples, plan: { phases: PHASES } })
      const { value, details } = await measureRaw(context, RECOVERY)
      assert.deepEqual(
        (details as Detail[]).map(({ cycle, outcome, recoverySeconds }) => {
          return [cycle, outcome, recoverySeconds]
        }),
        seconds.map((each, index) => [`spike-${index + 1}`, 'RECOVERED', each]),
      )
      assert.equal(value, Math.max(...seconds) * 1_000)
    })
  }
})

interface Detail {
  cycle: string
  outcome: string
  recoverySeconds?: number
}

function twice(...[from = 0, to = 0, again = 0, end = 0]: number[]): Trouble[] {
  return [
    { ...SLOW, from, to },
    { ...SLOW, from: again, to: end },
  ]
}

describe('how it is judged', () => {
  const notWithin = (cycle: string, seconds: number) => reason('NOT_RECOVERED', { cycle, seconds })
  const unknown = reason('BASELINE_TOO_SMALL', { cycle: 'spike-1', served: 0, needed: 20 })
  const tooShort = reason('RECOVERY_TOO_SHORT', { cycle: 'spike-2', seconds: 4, needed: 5 })
  const slow = (from: number, to: number) => ({ ...SLOW, from, to })
  const cases: [what: string, samples: ExampleSample[], is: string, why?: Reason][] = [
    ['in time', load(180, slow(90, 94)), 'PASS'],
    ['never', load(180, slow(120, 180)), 'FAIL NOT_RECOVERED', notWithin('spike-2', 30)],
    [
      'never from the first, although from the second',
      load(180, slow(70, 117)),
      'FAIL NOT_RECOVERED',
      notWithin('spike-1', 30),
    ],
    [
      'of a target that is silent to the end of the run',
      load(142),
      'FAIL NOT_RECOVERED',
      notWithin('spike-2', 30),
    ],
    [
      'of a run that ended in the recovery',
      load(150, slow(90, 92), slow(120, 150)),
      'FAIL NOT_RECOVERED',
      notWithin('spike-2', 10),
    ],
    [
      'of a run that ended too soon after a spike',
      load(144),
      'NO_DATA RECOVERY_TOO_SHORT',
      tooShort,
    ],
    [
      'without knowing what is usual',
      load(180, { from: 0, to: 70, isFailingAll: true }),
      'NO_DATA BASELINE_TOO_SMALL',
      unknown,
    ],
    ['without requests', [], 'NO_DATA BASELINE_TOO_SMALL', unknown],
    ['late', load(180, slow(90, 95)), 'FAIL LIMIT_MISSED'],
  ]
  for (const [what, samples, is, why] of cases) {
    test(what, async (t) => {
      const isWhole = !what.startsWith('of a run that ended')
      const context = await openExample(t, { samples, plan: { phases: PHASES }, isWhole })
      const [row] = await judgeRaw(context, RECOVERY)
      assert.equal([row?.verdict, row?.reason?.code].join(' ').trim(), is)
      if (why) assert.deepEqual(row?.reason, why)
    })
  }

  test('a run without a spike', async (t) => {
    const [row] = await judgeRaw(await openExample(t, { samples: load(100) }), RECOVERY)
    assert.deepEqual([row?.verdict, row?.reason], ['NO_DATA', reason('NO_SPIKE', {})])
  })
})

test('what is usual is known from the phase before the first spike, whatever its name', async (t) => {
  const phases = phasesOf(['warm-up', 60], ['spike-1', 10], ['recovery-1', 20])
  const samples = load(90, { ...SLOW, from: 60, to: 74 })
  const context = await openExample(t, { samples, plan: { phases } })
  const { value, samples: all } = await measureRaw(context, RECOVERY)
  assert.deepEqual([value, all], [4_000, 90 * 20])
})

test('the moments of a run whose time is shrunk are shorter than a second', async (t) => {
  const phases = phasesOf(['hold', 6], ['spike-1', 2], ['recovery-1', 4])
  const samples = requests({
    from: 0,
    to: 12,
    perSecond: 80,
    durationMs: (at, index) => (at >= 6 && at < 9 ? 500 : 100) + (index % 5),
  })
  const context = await openExample(t, { samples, plan: { phases } })
  assert.equal((await measureRaw(context, RECOVERY)).value, 1_000)
})

// As `spike --users 40 --time-scale 0.1` on a quiet target.
test('six seconds of baseline with few requests are measured', async (t) => {
  const phases = phasesOf(['hold', 6], ['spike-1', 13], ['recovery-1', 13])
  for (const { slowTo, expected } of [
    { slowTo: 19, expected: 0 },
    { slowTo: 32, expected: undefined },
  ]) {
    const samples = requests({
      from: 0,
      to: 32,
      perSecond: 8,
      durationMs: (at, index) => (at >= 6 && at < slowTo ? 500 : 100) + (index % 5),
    })
    const context = await openExample(t, { samples, plan: { phases } })
    const { value, isMissed } = await measureRaw(context, RECOVERY)
    assert.deepEqual([value, isMissed], [expected, expected === undefined ? true : undefined])
  }
})

test('it can be that of one endpoint', async (t) => {
  const where = { endpoint: 'GET /v1/history' }
  const other = load(180, { ...SLOW, from: 90, to: 93 }).map((each) => {
    return { ...each, tags: { ...each.tags, name: where.endpoint } }
  })
  const samples = [...load(180, { ...SLOW, from: 90, to: 110 }), ...other]
  const context = await openExample(t, { samples, plan: { phases: PHASES } })
  assert.equal((await measureRaw(context, { ...RECOVERY, where })).value, 3_000)
})
