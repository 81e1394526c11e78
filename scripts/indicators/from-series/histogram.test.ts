import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRandom } from '../../../lib/random.ts'
import { addHistograms, countUpTo, type Histogram, percentileOf } from './histogram.ts'

/** As k6 makes them: schema 3, so that eight buckets double. */
function histogramOf(values: readonly number[]): Histogram {
  const counts = new Map<number, number>()
  for (const value of values) {
    const index = Math.ceil(Math.log2(value) * 8)
    counts.set(index, (counts.get(index) ?? 0) + 1)
  }
  const buckets = [...counts]
    .sort(([a], [b]) => a - b)
    .map(([index, count]) => ({ lower: 2 ** ((index - 1) / 8), upper: 2 ** (index / 8), count }))
  return { count: values.length, sum: values.reduce((sum, each) => sum + each, 0), buckets }
}

function lognormal(count: number, seed: number): number[] {
  const random = createRandom(seed)
  return Array.from({ length: count }, () => {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
    return Math.exp(normal * 0.6) / 10
  })
}

test('a percentile lies within a bucket of the exact one', () => {
  const values = lognormal(5_000, 1).sort((a, b) => a - b)
  for (const percentile of [50, 90, 95, 99]) {
    const exact = values[Math.ceil((percentile / 100) * values.length) - 1] ?? NaN
    const { value = NaN, bucket, interval } = percentileOf(histogramOf(values), percentile) ?? {}
    assert.ok(bucket && bucket.low < exact && exact <= bucket.high, `p${percentile}`)
    assert.ok(Math.abs(value / exact - 1) < 0.0906, `p${percentile}: ${value} for ${exact}`)
    assert.ok(interval && interval.low <= bucket.low && interval.high >= bucket.high)
  }
})

test('the interval holds the true percentile in at least nine of ten runs', () => {
  // p95 of exp(0.6 z) / 10, with z of the standard normal distribution.
  const truth = Math.exp(0.6 * 1.6448536) / 10
  const hits = Array.from({ length: 300 }, (_, seed) => {
    const { interval } = percentileOf(histogramOf(lognormal(400, seed + 1)), 95) ?? {}
    return interval !== undefined && interval.low <= truth && truth <= interval.high
  }).filter(Boolean).length
  assert.ok(hits >= 270, `${hits} of 300`)
})

test('histograms of several k6 give the percentile of all of their values', () => {
  const [left, right] = [lognormal(1_000, 1), lognormal(3_000, 2)]
  const together = addHistograms([histogramOf(left), histogramOf(right)])
  assert.deepEqual(percentileOf(together, 95), percentileOf(histogramOf([...left, ...right]), 95))
  assert.equal(together.count, 4_000)
})

test('a count up to a value is exact at the bound of a bucket, and bounded inside one', () => {
  const histogram = {
    count: 10,
    sum: 20,
    buckets: [
      { lower: 0, upper: 1, count: 4 },
      { lower: 1, upper: 2, count: 6 },
    ],
  }
  assert.deepEqual(countUpTo(histogram, 1), { value: 4, interval: { low: 4, high: 4 } })
  assert.deepEqual(countUpTo(histogram, 1.5), { value: 7, interval: { low: 4, high: 10 } })
  assert.deepEqual(countUpTo(histogram, 3), { value: 10, interval: { low: 10, high: 10 } })
})

test('nothing has no percentile', () => {
  assert.equal(percentileOf({ count: 0, sum: 0, buckets: [] }, 95), undefined)
})
