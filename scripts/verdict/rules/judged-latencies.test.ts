// Which requests a latency is taken of, and what is over the limit though nothing answered.
import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import { measureRaw, openExample } from '../../../tests/support/verdict/example-judging.ts'
import {
  type ExampleSample,
  requests,
  sample,
} from '../../../tests/support/verdict/example-recording.ts'
import type { Reason } from '../../reasons/reasons.ts'
import { quantile } from '../../statistics/quantile.ts'

const P95 = { indicator: { latency: 'p95' }, limit: '< 200ms' }

describe('a failure that took longer than the limit is over it, a fast one says nothing', () => {
  const good = requests({ from: 30, to: 90, perSecond: 10, durationMs: 100 })
  const failures = (perSecond: number, durationMs: number) =>
    requests({ from: 30, to: 90, perSecond, durationMs, status: 0 })
  const cases: [what: string, failed: ExampleSample[], samples: number, value: number][] = [
    ['no failure', [], 600, 100],
    ['fast failures', failures(10, 0.5), 600, 100],
    ['failures just below the limit', failures(10, 199.999), 600, 100],
    ['failures at the limit', failures(10, 200), 1_200, 200],
    ['time-outs', failures(10, 15_000), 1_200, 15_000],
    ['time-outs of less than one request in twenty', failures(0.5, 15_000), 630, 100],
  ]
  for (const [what, failed, expected, ms] of cases) {
    test(what, async (t) => {
      const context = await openExample(t, { samples: [...good, ...failed] })
      const { samples, value } = await measureRaw(context, P95)
      assert.deepEqual([samples, value], [expected, ms])
    })
  }
})

describe('in the open model an iteration that was dropped is a request over the limit', () => {
  const plan = { model: 'open' } as const
  const good = requests({
    from: 30,
    to: 90,
    perSecond: 10,
    durationMs: (_, index) => 100 + (index % 10),
  })
  const dropped = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      sample('dropped_iterations', 31 + index / 10, { tags: { name: undefined } }),
    )

  test('a few move the rank of the percentile', async (t) => {
    const context = await openExample(t, { samples: [...good, ...dropped(10)], plan })
    const { samples, value } = await measureRaw(context, P95)
    const durations = Array.from({ length: 610 }, (_, index) =>
      index < 600 ? 100 + (index % 10) : 9e9,
    )
    assert.equal(samples, 610)
    assert.ok(Math.abs((value ?? NaN) - quantile(durations, 0.95)) < 1e-9, String(value))
  })

  test('many are the percentile, which is missed then', async (t) => {
    const context = await openExample(t, { samples: [...good, ...dropped(60)], plan })
    const { value, isMissed, reason, windows } = await measureRaw(context, P95)
    assert.deepEqual([value, isMissed], [undefined, true])
    assert.equal((reason as Reason).code, 'DROPPED_OVER_LIMIT')
    assert.ok(windows?.values.some(({ isMissed: each }) => each))
  })

  test("those of a warm-up are nobody's, nor are those of an endpoint", async (t) => {
    const early = sample('dropped_iterations', 5, { value: 500 })
    const context = await openExample(t, { samples: [...good, early, ...dropped(60)], plan })
    const where = { endpoint: 'POST /v1/enhance' }
    assert.equal((await measureRaw(context, { ...P95, where })).samples, 600)
    assert.equal((await measureRaw(context, P95)).samples, 660)
  })

  test('in the closed model nothing is dropped', async (t) => {
    const context = await openExample(t, { samples: [...good, ...dropped(60)] })
    assert.equal((await measureRaw(context, P95)).samples, 600)
  })
})

describe('with too few samples', () => {
  const ofFew = async (t: TestContext, slow: number) => {
    const durationMs = (_: number, index: number): number => (index < slow ? 900 : 20)
    const samples = requests({ from: 40, to: 60, perSecond: 2, durationMs })
    return measureRaw(await openExample(t, { samples }), P95)
  }
  test('the limit is missed when so many are over it that no others could help', async (t) => {
    const { isMissed, reason, value } = await ofFew(t, 11)
    assert.deepEqual([isMissed, value], [true, 900])
    assert.equal(
      (reason as Reason).text,
      '11 of 40 samples miss < 200ms: p95 misses it too, however good 160 more samples would be',
    )
  })
  test('and not known otherwise', async (t) => {
    assert.equal((await ofFew(t, 10)).isMissed, undefined)
  })
})
