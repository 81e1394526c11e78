// The intervals keep what they promise: of many runs with a known truth, about 90 % have it inside.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRandom, mixSeed } from '../../../lib/random.ts'
import { measureRaw, openExample } from '../../../tests/support/verdict/example-judging.ts'
import { type ExampleSample, sample } from '../../../tests/support/verdict/example-recording.ts'
import { normal } from '../../../tests/support/statistics/example-series.ts'
import { normalQuantile } from '../../statistics/normal.ts'

const RUNS = 100
const SECONDS = 60
const PER_SECOND = 20

/** Spreads of the logarithms: of single requests, and of what all requests of a second share. */
const SPREAD = { request: 0.5, second: 0.2 }

/** Many runs in one recording, told apart by a tag. */
function manyRuns(): ExampleSample[] {
  return Array.from({ length: RUNS * SECONDS }, (_, index) => {
    const random = createRandom(mixSeed(index, 1))
    const second = index % SECONDS
    const tags = { expected_response: 'true', segment: String((index - second) / SECONDS) }
    const wave = SPREAD.second * normal(random)
    return Array.from({ length: PER_SECOND }, (_, number) => {
      const value = 100 * Math.exp(wave + SPREAD.request * normal(random))
      const at = 20 + second + number / PER_SECOND + value / 1_000
      return sample('http_req_duration', at, { value, tags })
    })
  }).flat()
}

// Of 1,500 such runs 90 % have it. Taken as independent requests, two thirds of them would.
test('of runs whose seconds differ, about nine in ten have the truth in their interval', async (t) => {
  const context = await openExample(t, { samples: manyRuns() })
  const spread = Math.hypot(SPREAD.request, SPREAD.second)
  const percentile = (p: number): number => 100 * Math.exp(spread * normalQuantile(p))
  const cases: [indicator: object, truth: number][] = [
    [{ latency: 'p50' }, percentile(0.5)],
    [{ latency: 'p95' }, percentile(0.95)],
    [{ statistic: 'avg of http_req_duration' }, 100 * Math.exp(spread ** 2 / 2)],
  ]
  for (const [indicator, truth] of cases) {
    const counted = { inside: 0, above: 0, below: 0 }
    for (let run = 0; run < RUNS; run++) {
      const raw = { indicator, limit: '< 1s', where: { segment: String(run) } }
      const { samples, interval } = await measureRaw(context, raw)
      assert(interval && samples === SECONDS * PER_SECOND)
      if (truth > interval.high) counted.above++
      else if (truth < interval.low) counted.below++
      else counted.inside++
    }
    const found = `${JSON.stringify(indicator)}: ${JSON.stringify(counted)}`
    assert.ok(counted.inside >= 82 && counted.inside <= 97, found)
    assert.ok(counted.above <= 14 && counted.below <= 14, found)
  }
})
