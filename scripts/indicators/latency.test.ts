import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createRandom } from '../../lib/random.ts'
import { measureRaw, openExample } from '../../tests/support/verdict/example-judging.ts'
import {
  type ExampleSample,
  request,
  requests,
} from '../../tests/support/verdict/example-recording.ts'
import { normal } from '../../tests/support/statistics/example-series.ts'

const P95 = { indicator: { latency: 'p95' }, limit: '< 200ms' }

/** 3,000 latencies of the hold phase with a tail, 50 in each second, as a file has them. */
const random = createRandom(7)
const LATENCIES = Array.from({ length: 3_000 }, (_, index) => {
  const wave = 1 + 0.5 * Math.sin(index / 200)
  return Number((80 * wave * Math.exp(0.6 * normal(random))).toFixed(6))
})
const RECORDED = recorded(LATENCIES)

function recorded(latencies: readonly number[]): ExampleSample[] {
  const durationMs = (_: number, index: number): number => latencies[index] ?? NaN
  return requests({ from: 30, to: 90, perSecond: 50, durationMs })
}

/** Type 7 by its definition: Hyndman and Fan, "Sample Quantiles in Statistical Packages", 1996. */
function typeSeven(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((one, other) => one - other)
  const position = ((sorted.length - 1) * percent) / 100
  const below = Math.floor(position)
  const [low = NaN, high = low] = sorted.slice(below, below + 2)
  return low + (position - below) * (high - low)
}

function assertClose(actual: number | undefined, expected: number, relative = 1e-12): void {
  assert(actual !== undefined)
  const difference = Math.abs(actual - expected)
  assert.ok(difference <= relative * Math.abs(expected), `${actual}, expected ${expected}`)
}

describe('a percentile is exact', () => {
  for (const percent of [1, 25, 50, 90, 95, 99, 99.5, 99.9]) {
    test(`p${percent}`, async (t) => {
      const context = await openExample(t, { samples: RECORDED })
      const raw = { indicator: { latency: `p${percent}` }, limit: '< 1s' }
      const { samples, value } = await measureRaw(context, raw)
      assert.equal(samples, 3_000)
      assertClose(value, typeSeven(LATENCIES, percent))
    })
  }
})

test('only expected responses of judged phases count', async (t) => {
  const odd = { perSecond: 50, durationMs: 9_000 }
  const context = await openExample(t, {
    samples: [
      ...RECORDED,
      ...requests({ from: 30, to: 90, perSecond: 50, durationMs: 0.1, status: 503 }),
      ...requests({ ...odd, from: 0, to: 10 }),
      ...requests({ ...odd, from: 90, to: 110 }),
      ...requests({ ...odd, from: 30, to: 90, tags: { operation: 'auth' } }),
    ],
  })
  const { samples, value } = await measureRaw(context, P95)
  assert.equal(samples, 3_000)
  assertClose(value, typeSeven(LATENCIES, 95))
})

// Woodruff by hand: how sure the rank is, from batches of six seconds, and the quantiles at its ends.
for (const { what, latencies } of [
  { what: 'latencies', latencies: LATENCIES },
  {
    what: 'latencies of which many are equal',
    latencies: LATENCIES.map((ms) => 20 * Math.ceil(ms / 20)),
  },
]) {
  test(`the interval of ${what} goes from one rank to another`, async (t) => {
    const context = await openExample(t, { samples: recorded(latencies) })
    const { value = NaN, interval } = await measureRaw(context, P95)

    const below = latencies.filter((each) => each <= value).length
    const surplus = Array.from({ length: 60 }, (_, second) => {
      const inSecond = latencies.slice(second * 50, (second + 1) * 50)
      return inSecond.filter((each) => each <= value).length - below / 60
    })
    const batches = Array.from({ length: 55 }, (_, first) => {
      return surplus.slice(first, first + 6).reduce((sum, each) => sum + each, 0)
    })
    const squares = batches.reduce((sum, each) => sum + each ** 2, 0)
    const error = Math.sqrt((60 ** 2 * squares) / (6 * 55 * 54)) / 3_000
    // The 95 % quantile of Student's t for 13.5 degrees of freedom.
    const reach = 1.7659 * error
    assertClose(interval?.low, typeSeven(latencies, 95 - 100 * reach), 1e-3)
    assertClose(interval?.high, typeSeven(latencies, 95 + 100 * reach), 1e-3)
    assert.ok(reach > 0.01)
  })
}

test('the interval is never beyond what was seen', async (t) => {
  // Half of the seconds are slow: nobody knows the rank of anything.
  const samples = requests({
    from: 30,
    to: 90,
    perSecond: 50,
    durationMs: (at, index) => (at < 60 ? 20 : 900) + (index % 50),
  })
  const { interval } = await measureRaw(await openExample(t, { samples }), P95)
  assert.ok((interval?.high ?? NaN) <= 949, JSON.stringify(interval))
})

describe('with next to nothing', () => {
  test('of no request there is no value', async (t) => {
    const context = await openExample(t, { samples: requests({ from: 0, to: 9, perSecond: 9 }) })
    const { sql, ...measured } = await measureRaw(context, P95)
    assert.deepEqual(measured, { samples: 0 })
    assert.match(sql, /quantile_cont/)
  })

  test('of one request it is its duration, and there is no interval', async (t) => {
    const context = await openExample(t, { samples: request({ at: 40, durationMs: 12.345678 }) })
    const { sql, ...measured } = await measureRaw(context, P95)
    assert.deepEqual(measured, { samples: 1, value: 12.345678 })
    assert.match(sql, /quantile_cont/)
  })

  test('of one second there is no interval: it cannot tell how seconds vary', async (t) => {
    const context = await openExample(t, {
      samples: requests({ from: 40, to: 41, perSecond: 400, durationMs: (at) => at }),
    })
    const { samples, interval } = await measureRaw(context, P95)
    assert.deepEqual([samples, interval], [400, undefined])
  })

  test('of equal latencies the interval is their value', async (t) => {
    const context = await openExample(t, {
      samples: requests({ from: 30, to: 90, perSecond: 10, durationMs: 200 }),
    })
    const { value, interval } = await measureRaw(context, P95)
    assert.deepEqual([value, interval], [200, { low: 200, high: 200 }])
  })

  test('of latencies of zero it is zero', async (t) => {
    const context = await openExample(t, {
      samples: requests({ from: 30, to: 90, perSecond: 10, durationMs: 0 }),
    })
    const { value, interval } = await measureRaw(context, P95)
    assert.deepEqual([value, interval], [0, { low: 0, high: 0 }])
  })
})
