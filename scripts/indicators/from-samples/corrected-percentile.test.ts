import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import { measureRaw, openExample } from '../../../tests/support/verdict/example-judging.ts'
import {
  type ExampleSample,
  request,
  requests,
  sample,
} from '../../../tests/support/verdict/example-recording.ts'
import { quantile } from '../../statistics/quantile.ts'
import { userPeriodMs } from '../../verdict/rules/user-period.ts'

const P95 = { indicator: { latency: 'p95' }, limit: '< 200ms' }

/** HdrHistogram's recordValueWithExpectedInterval, as its source has it. */
function corrected(latencies: readonly number[], periodMs: number): number[] {
  return latencies.flatMap((ms) => {
    const all = [ms]
    for (let missing = ms - periodMs; missing >= periodMs; missing -= periodMs) all.push(missing)
    return all
  })
}

/** Ten users who come back once a second; from second 60 on nothing is answered for a while. */
function frozenRun(frozenSeconds: number): ExampleSample[] {
  const end = 60 + frozenSeconds
  const usual = (from: number, to: number) => requests({ from, to, perSecond: 10, durationMs: 20 })
  return [
    ...usual(30, 60),
    ...Array.from({ length: 10 }, (_, index) => {
      const at = 60 + index / 10
      return request({ at, durationMs: (end - at) * 1_000 })
    }).flat(),
    ...usual(end, 90),
    ...Array.from({ length: 600 }, (_, index) => {
      return sample('iteration_duration', 30 + index / 10, { value: 1_000 })
    }),
  ]
}

async function measured(t: TestContext, samples: ExampleSample[]) {
  const context = await openExample(t, { samples })
  const period = await userPeriodMs(context)
  return { period, ...(await measureRaw({ ...context, userPeriodMs: period }, P95)) }
}

test('a standstill of 12 s shows in the percentile of users who come back every second', async (t) => {
  const { period, value, corrected: found = NaN } = await measured(t, frozenRun(12))
  assert.deepEqual([period, value], [1_000, 20])
  const stuck = Array.from({ length: 10 }, (_, index) => (12 - index / 10) * 1_000)
  const all = corrected([...new Array<number>(480).fill(20), ...stuck], 1_000)
  assert.ok(Math.abs(found / quantile(all, 0.95) - 1) < 1e-9, String(found))
  assert.ok(found > 5_000, String(found))
})

describe('nothing is corrected', () => {
  test('where no response took two periods', async (t) => {
    const { value, corrected: found } = await measured(t, frozenRun(1))
    assert.deepEqual([value, found], [20, undefined])
  })

  test('where users hardly pause: nothing tells when they would have come back', async (t) => {
    const busy = requests({ from: 30, to: 90, perSecond: 10, durationMs: 700 })
    const { period } = await measured(t, [...frozenRun(12), ...busy, ...busy])
    assert.equal(period, undefined)
  })

  test('in the open model', async (t) => {
    const context = await openExample(t, { samples: frozenRun(12), plan: { model: 'open' } })
    assert.equal(await userPeriodMs(context), undefined)
  })

  test('where no iteration has ended', async (t) => {
    const samples = requests({ from: 30, to: 90, perSecond: 10 })
    assert.equal((await measured(t, samples)).period, undefined)
  })
})
