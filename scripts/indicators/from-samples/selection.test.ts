import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  judgeRaw,
  measureRaw,
  openExample,
} from '../../../tests/support/verdict/example-judging.ts'
import { requests, sample, users } from '../../../tests/support/verdict/example-recording.ts'

const COUNT = { indicator: { count: 'http_reqs' }, limit: '> 1 total' }
const P50 = { indicator: { latency: 'p50' }, limit: '< 1s' }

describe('where selects the samples that have a tag with a value', () => {
  const samples = [
    ...requests({ from: 40, to: 50, perSecond: 10 }),
    ...requests({
      from: 40,
      to: 50,
      perSecond: 7,
      tags: { name: 'GET /v1/history', operation: 'history', segment: 'pro', plan: 'a\'b&c, "d"' },
    }),
    ...requests({ from: 40, to: 50, perSecond: 3, tags: { segment: 'Pro', value: 'high' } }),
    ...requests({ from: 40, to: 50, perSecond: 2, tags: { segment: 'pro ', VALUE: 'high' } }),
    ...requests({ from: 40, to: 50, perSecond: 1, tags: { metric: 'x', failed: 'x' } }),
  ]
  const cases: [where: Record<string, string>, count: number | undefined][] = [
    [{ endpoint: 'GET /v1/history' }, 70],
    [{ endpoint: 'POST /v1/enhance' }, 160],
    [{ operation: 'history' }, 70],
    [{ method: 'POST' }, 230],
    [{ status: '200' }, 230],
    [{ segment: 'pro' }, 70],
    [{ segment: 'Pro' }, 30],
    [{ segment: 'free' }, 0],
    [{ segment: 'pro', endpoint: 'GET /v1/history' }, 70],
    [{ segment: 'Pro', endpoint: 'GET /v1/history' }, 0],
    [{ plan: 'a\'b&c, "d"' }, 70],
    [{ value: 'high' }, 30],
    [{ VALUE: 'high' }, 20],
    [{ metric: 'x' }, 10],
    [{ failed: 'x' }, 10],
    // No sample has such a tag: zero would prove nothing.
    [{ duration_ms: '20' }, undefined],
    [{ end_us: '1' }, undefined],
    [{ unheard_of: 'x' }, undefined],
    [{ tag_value: 'high' }, undefined],
  ]
  for (const [where, count] of cases) {
    test(`${JSON.stringify(where)}: ${count ?? 'no data'}`, async (t) => {
      const context = await openExample(t, { samples })
      assert.equal((await measureRaw(context, { ...COUNT, where })).value, count)
    })
  }
})

test('a region is a tag like others', async (t) => {
  const regions = ['us-east', 'eu-west']
  const samples = regions.flatMap((region, index) =>
    requests({ from: 40, to: 50, perSecond: 10 * (index + 1), tags: { region } }),
  )
  const context = await openExample(t, { samples, plan: { regions } })
  const rows = await judgeRaw(context, { ...COUNT, id: 'all', each: 'region' })
  assert.deepEqual(
    rows.map(({ id, measured }) => [id, measured]),
    [
      ['all [us-east]', 100],
      ['all [eu-west]', 200],
    ],
  )
})

test('each endpoint is judged by its own samples', async (t) => {
  const context = await openExample(t, {
    samples: [
      ...requests({ from: 10, to: 90, perSecond: 10, durationMs: 10 }),
      ...requests({
        from: 10,
        to: 90,
        perSecond: 10,
        durationMs: 1_100,
        tags: { name: 'GET /v1/history' },
      }),
    ],
  })
  const rows = await judgeRaw(context, { ...P50, id: 'fast', each: 'endpoint' })
  assert.deepEqual(
    rows.map(({ id, measured, verdict }) => [id, measured, verdict]),
    [
      ['fast [POST /v1/enhance]', 10, 'PASS'],
      ['fast [GET /v1/history]', 1_100, 'FAIL'],
    ],
  )
})

describe('phases select the time', () => {
  // As many requests in each second as the phase has letters.
  const samples = [
    ...requests({ from: 0, to: 10, perSecond: 7, durationMs: 1 }),
    ...requests({ from: 10, to: 30, perSecond: 6, durationMs: 1 }),
    ...requests({ from: 30, to: 90, perSecond: 4, durationMs: 1 }),
    ...requests({ from: 90, to: 100, perSecond: 9, durationMs: 1 }),
  ]
  const cases: [phases: string[] | undefined, count: number, excluded: string[]][] = [
    [undefined, 120 + 240, ['warm-up', 'ramp-down']],
    [['hold'], 240, ['warm-up', 'ramp-up', 'ramp-down']],
    [['warm-up'], 70, ['ramp-up', 'hold', 'ramp-down']],
    [['warm-up', 'hold'], 310, ['ramp-up', 'ramp-down']],
    [['hold', 'spike-1'], 240, ['warm-up', 'ramp-up', 'ramp-down']],
  ]
  for (const [phases, count, excluded] of cases) {
    test(`${phases?.join(', ') ?? 'by default'}: ${count}`, async (t) => {
      const context = await openExample(t, { samples })
      const [row] = await judgeRaw(context, { ...COUNT, ...(phases && { phases }) })
      assert.equal(row?.measured, count)
      assert.deepEqual(row.phases?.excluded, excluded)
    })
  }

  test('a rate is per second of all of them', async (t) => {
    const context = await openExample(t, { samples })
    const raw = { indicator: { rate: 'http_reqs' }, limit: '> 1/s', phases: ['warm-up', 'hold'] }
    assert.equal((await measureRaw(context, raw)).value, 310 / 70)
  })
})

test('what k6 counts for the whole run is not looked for under tags', async (t) => {
  const dropped = sample('dropped_iterations', 50, { value: 3, tags: { operation: undefined } })
  const context = await openExample(t, {
    samples: [...users(100), dropped, ...requests({ from: 40, to: 50, perSecond: 1 })],
  })
  const raw = { indicator: { count: 'dropped_iterations' }, limit: '< 9 total' }
  assert.equal((await measureRaw(context, raw)).value, 3)
})
