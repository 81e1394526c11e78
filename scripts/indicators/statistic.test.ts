import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { measureRaw, openExample } from '../../tests/support/verdict/example-judging.ts'
import { requests, sample, users } from '../../tests/support/verdict/example-recording.ts'
import { sumError } from '../statistics/batch-means.ts'

/** 600 prices of the hold phase, ten in each second; others elsewhere. */
const PRICES = Array.from({ length: 600 }, (_, index) => ((index * 7_919) % 600) / 1e5 + 0.001)
const SAMPLES = [
  ...PRICES.map((value, index) => sample('cost_usd', 30 + index / 10, { value })),
  ...[5, 95, 105].map((at) => sample('cost_usd', at, { value: 9 })),
  ...[5, 50, 95].map((at) => sample('first_token', at, { value: 700 })),
  sample('cost_usd', 50, { value: 'NaN' }),
  sample('cost_usd', 50, { value: '+Inf' }),
]

describe('a statistic of the values that were recorded in judged phases', () => {
  const sorted = [...PRICES].sort((one, other) => one - other)
  const between = (index: number, part: number) => {
    const [low = NaN, high = NaN] = sorted.slice(index, index + 2)
    return low + part * (high - low)
  }
  const cases: [statistic: string, expected: number][] = [
    ['avg', PRICES.reduce((sum, each) => sum + each, 0) / 600],
    ['min', 0.001],
    ['max', 0.001 + 599 / 1e5],
    ['p50', between(299, 0.5)],
    ['p95', between(569, 0.05)],
    ['p99', between(593, 0.01)],
  ]
  for (const [statistic, expected] of cases) {
    test(statistic, async (t) => {
      const context = await openExample(t, { samples: SAMPLES })
      const raw = { indicator: { statistic: `${statistic} of cost_usd` }, limit: '< 1 units' }
      const { samples, value = NaN } = await measureRaw(context, raw)
      assert.equal(samples, 600)
      assert.ok(Math.abs(value - expected) < 1e-9, `${value}, expected ${expected}`)
    })
  }
})

test('of a metric of k6 it is that of all requests, failed ones as well', async (t) => {
  const context = await openExample(t, {
    samples: [
      ...requests({ from: 30, to: 60, perSecond: 10, durationMs: 10 }),
      ...requests({ from: 60, to: 90, perSecond: 10, durationMs: 30, status: 500 }),
    ],
  })
  const raw = { indicator: { statistic: 'avg of http_req_duration' }, limit: '< 1s' }
  const { samples, value } = await measureRaw(context, raw)
  assert.deepEqual([samples, value], [600, 20])
})

test('of a gauge without tags it is that of the whole judged time', async (t) => {
  const context = await openExample(t, { samples: users(100, 42) })
  const raw = { indicator: { statistic: 'max of vus' }, limit: '>= 50 units' }
  const { samples, value } = await measureRaw(context, raw)
  // From 10 s to 90 s, the end excluded.
  assert.deepEqual([samples, value], [80, 42])
})

describe('only what is estimated has an interval', () => {
  const cases = [
    ['avg', true],
    ['p95', true],
    ['min', false],
    ['max', false],
  ] as const
  for (const [statistic, isEstimate] of cases) {
    test(statistic, async (t) => {
      const context = await openExample(t, { samples: SAMPLES })
      const raw = { indicator: { statistic: `${statistic} of cost_usd` }, limit: '< 1 units' }
      const { value = NaN, interval } = await measureRaw(context, raw)
      assert.equal(interval !== undefined, isEstimate)
      if (interval) assert.ok(interval.low < value && value < interval.high)
    })
  }
})

// Seconds that are alike in themselves and differ from each other: each counts as one value.
test('the interval of a mean is that of batches of seconds', async (t) => {
  const means = Array.from({ length: 60 }, (_, second) => 1 + ((second * 37) % 60) / 60)
  const context = await openExample(t, {
    samples: means.flatMap((value, second) =>
      Array.from({ length: 20 }, (_, index) => {
        return sample('cost_usd', 30 + second + index / 20, { value })
      }),
    ),
  })
  const raw = { indicator: { statistic: 'avg of cost_usd' }, limit: '< 9 units' }
  const { value = NaN, interval } = await measureRaw(context, raw)
  const varying = sumError(means.map((each) => each - value))
  const reach = ((varying?.reach ?? NaN) * (varying?.error ?? NaN)) / 60
  assert.ok(Math.abs((interval?.high ?? NaN) - value - reach) < 1e-6)
  assert.ok(Math.abs(value - (interval?.low ?? NaN) - reach) < 1e-6)
})

for (const statistic of ['avg', 'max', 'p95']) {
  test(`the ${statistic} of no values is none`, async (t) => {
    const context = await openExample(t, { samples: [sample('cost_usd', 5)] })
    const raw = { indicator: { statistic: `${statistic} of cost_usd` }, limit: '< 1 units' }
    const { sql, ...measured } = await measureRaw(context, raw)
    assert.deepEqual(measured, { samples: 0 })
    assert.match(sql, /cost_usd/)
  })
}
