import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { judgeRaw, measureRaw, openExample } from '../../tests/support/verdict/example-judging.ts'
import { iterations, sample } from '../../tests/support/verdict/example-recording.ts'

const DELIVERED = { indicator: 'delivered-load', limit: '>= 99%' }
const HOLD = { ...DELIVERED, phases: ['hold'] }
const OPEN = { model: 'open', target: 10 } as const

/** Warm-up to 10 s, then from 1 to 10 per second until 30 s, then 10 per second until 90 s. */
const PHASES = [
  { name: 'warm-up', startSeconds: 0, endSeconds: 10, target: 1 },
  { name: 'ramp-up', startSeconds: 10, endSeconds: 30, target: 10 },
  { name: 'hold', startSeconds: 30, endSeconds: 90, target: 10 },
]

describe('in the open model the load is delivered when as many begin as the rate asks for', () => {
  const cases: [what: string, count: number, dropped: number, value: number][] = [
    ['all', 600, 0, 1],
    ['all but one in a hundred', 594, 0, 0.99],
    ['all others dropped', 450, 150, 0.75],
    // Nobody says where the rest is: it counts as not delivered.
    ['some dropped, some missing', 450, 100, 0.75],
    ['more than asked for', 630, 0, 1],
    ['more than asked for, and some dropped', 630, 70, 0.9],
    ['none', 0, 0, 0],
  ]
  for (const [what, count, dropped, value] of cases) {
    test(what, async (t) => {
      const samples = [
        ...iterations({ from: 30, to: 90, perSecond: count / 60 }),
        ...Array.from({ length: dropped }, (_, index) => {
          return sample('dropped_iterations', 30 + index / 5)
        }),
        // Elsewhere it is nobody's business.
        ...iterations({ from: 0, to: 10, perSecond: 50 }),
        sample('dropped_iterations', 5, { value: 999 }),
      ]
      const context = await openExample(t, { samples, plan: { ...OPEN, phases: PHASES } })
      const measured = await measureRaw(context, HOLD)
      assert.deepEqual([measured.samples, measured.value], [count, value])
    })
  }

  test('a ramp asks for the mean of its ends', async (t) => {
    const samples = iterations({ from: 10, to: 30, perSecond: 5.5 })
    const context = await openExample(t, { samples, plan: { ...OPEN, phases: PHASES } })
    const { value, details } = await measureRaw(context, { ...DELIVERED, phases: ['ramp-up'] })
    assert.equal(value, 1)
    assert.deepEqual(details, { offered: 110, dropped: 0 })
  })
})

describe('in the closed model it is delivered when k6 dropped none', () => {
  const cases: [dropped: number, value: number][] = [
    [0, 1],
    [20, 60 / 80],
  ]
  for (const [dropped, value] of cases) {
    test(`${dropped} dropped`, async (t) => {
      const samples = [
        ...iterations({ from: 30, to: 90, perSecond: 1 }),
        sample('dropped_iterations', 40, { value: dropped }),
      ]
      assert.equal((await measureRaw(await openExample(t, { samples }), DELIVERED)).value, value)
    })
  }

  test('without any iteration nothing can be said', async (t) => {
    const [row] = await judgeRaw(await openExample(t, { samples: [] }), DELIVERED)
    assert.deepEqual([row?.verdict, row?.measured], ['NO_DATA', undefined])
  })
})

test('a run that ended early did not get its whole load', async (t) => {
  const context = await openExample(t, {
    samples: iterations({ from: 30, to: 60, perSecond: 10 }),
    plan: { ...OPEN, phases: PHASES },
    isWhole: false,
  })
  const [row] = await judgeRaw(context, DELIVERED)
  assert.deepEqual(
    [row?.verdict, row?.reason?.text],
    ['NO_DATA', 'the run ended before its time was over'],
  )
})

for (const [count, verdict] of [
  [594, 'PASS'],
  [593, 'FAIL'],
] as const) {
  test(`${count} of 600 iterations are ${verdict}: they were counted, not estimated`, async (t) => {
    const context = await openExample(t, {
      samples: iterations({ from: 30, to: 90, perSecond: count / 60 }),
      plan: { ...OPEN, phases: PHASES },
    })
    const [row] = await judgeRaw(context, HOLD)
    assert.deepEqual([row?.verdict, row?.interval], [verdict, undefined])
  })
}
