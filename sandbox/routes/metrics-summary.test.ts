import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { test, type TestContext } from 'node:test'
import type { Summary } from '../dashboard/summary.ts'
import type { SandboxSettings } from '../settings.ts'
import { openSandbox } from '../../tests/support/sandbox/test-client.ts'

async function openDashboard(test: TestContext, overrides: Partial<SandboxSettings> = {}) {
  const sandbox = await openSandbox(test, overrides)
  const token = (await sandbox.login()).access_token
  const ask = (query = '') => sandbox.as(token, `/v1/metrics/summary${query}`)
  return {
    ...sandbox,
    token,
    ask,
    summary: async (query = ''): Promise<Summary> => {
      const { status, text } = await ask(query)
      assert.equal(status, 200, text)
      return JSON.parse(text) as Summary
    },
    enhance: async (prompt: string, technique = 'few-shot') =>
      (await sandbox.as(token, '/v1/enhance', { prompt, technique })).json,
    rate: async (id: number, satisfied: boolean) =>
      (await sandbox.as(token, '/v1/feedback', { id, satisfied })).status,
  }
}

test('prompts are counted, priced and timed, by technique and by segment', async (t) => {
  const { summary, enhance, login, as } = await openDashboard(t, {
    users: 60,
    modelMedianMs: 3,
    modelSigma: 0,
  })
  const costs = [
    (await enhance('a', 'few-shot'))['cost_usd'] as number,
    (await enhance('b', 'analogy'))['cost_usd'] as number,
    (await enhance('b', 'analogy'))['cost_usd'] as number,
  ]
  for (let number = 2; number <= 60; number++) {
    await as((await login(number)).access_token, '/v1/enhance', {
      prompt: 'a',
      technique: 'few-shot',
    })
  }
  const found = await summary()

  assert.deepEqual(Object.keys(found), [
    'from',
    'to',
    'up_to_id',
    'prompts',
    'cost_usd',
    'latency',
    'satisfaction',
    'by_technique',
    'by_segment',
  ])
  const total = Math.round(costs.reduce((sum, cost) => sum + cost, 0) * 1e8) / 1e8
  assert.deepEqual([found.up_to_id, found.prompts, found.cost_usd], [62, 62, total])
  assert.deepEqual(
    found.by_technique.map(({ technique, prompts, cost_usd }) => [technique, prompts, cost_usd]),
    [
      ['few-shot', 60, costs[0]],
      ['analogy', 2, costs[1]],
    ],
  )
  assert.deepEqual(
    found.by_segment.map(({ segment }) => segment),
    ['free', 'pro', 'enterprise'],
  )
  assert.equal(
    found.by_segment.reduce((sum, { prompts }) => sum + prompts, 0),
    62,
  )
  // Two calls of the model among cached ones. A timer may fire up to a millisecond early.
  assert.ok((found.latency.p99_ms ?? 0) >= 2 && (found.latency.p50_ms ?? 3) < 2)
  assert.ok((found.by_technique[1]?.p95_ms ?? 0) >= 2)
})

test('a technique, a segment, a range and an id each limit the rows', async (t) => {
  const { summary, enhance } = await openDashboard(t)
  await enhance('a', 'few-shot')
  await sleep(3)
  const between = new Date().toISOString()
  await sleep(3)
  await enhance('b', 'few-shot')
  await enhance('c', 'analogy')
  const prompts = async (query: string) => (await summary(query)).prompts

  assert.equal(await prompts('?technique=few-shot'), 2)
  assert.equal(await prompts(`?from=${between}`), 2)
  assert.equal(await prompts(`?to=${between}`), 1)
  assert.equal(await prompts('?up_to_id=2'), 2)
  assert.equal(await prompts(`?technique=few-shot&from=${between}&up_to_id=3`), 1)
  const segments = ['free', 'pro', 'enterprise'].map((name) => prompts(`?segment=${name}`))
  assert.deepEqual((await Promise.all(segments)).sort(), [0, 0, 3])
})

test('without rows everything is zero, null or empty', async (t) => {
  const { summary } = await openDashboard(t)
  const { from, to, ...rest } = await summary()
  assert.equal(Date.parse(to) - Date.parse(from), 300_000)
  assert.deepEqual(rest, {
    up_to_id: 0,
    prompts: 0,
    cost_usd: 0,
    latency: { p50_ms: null, p95_ms: null, p99_ms: null },
    satisfaction: null,
    by_technique: [],
    by_segment: [],
  })
})

test('the range without from is five minutes, told, and the same whenever one asks', async (t) => {
  const { summary, enhance } = await openDashboard(t)
  await enhance('a')
  const first = await summary()
  assert.equal(Date.parse(first.to) - Date.parse(first.from), 300_000)

  await sleep(5)
  await enhance('b')
  assert.deepEqual(await summary(`?up_to_id=${first.up_to_id}`), first)
  const { from, to, up_to_id: id } = first
  assert.deepEqual(await summary(`?from=${from}&to=${to}&up_to_id=${id}`), first)
  const early = await summary('?to=2026-01-01')
  assert.deepEqual([early.from, early.prompts], ['2025-12-31T23:55:00.000Z', 0])
})

test('satisfaction is the share of the rated, by their latest rating, as of the id', async (t) => {
  const { summary, enhance, rate } = await openDashboard(t)
  for (const prompt of ['a', 'b', 'c']) await enhance(prompt)
  const before = await summary()
  assert.equal(before.satisfaction, null)

  await rate(1, true)
  await rate(2, true)
  await rate(3, false)
  const rated = await summary()
  assert.deepEqual([rated.satisfaction, rated.up_to_id], [0.6667, 6])
  await rate(2, false)
  await rate(1, true)
  assert.equal((await summary()).satisfaction, 0.3333)

  assert.deepEqual(await summary('?up_to_id=6'), rated)
  assert.deepEqual(await summary('?up_to_id=3'), before)
  assert.equal(await rate(99, true), 404)
})

for (const [what, query, rule] of [
  ['a bad date', '?from=soon', /^Expected from to be an ISO 8601 date/],
  ['reversed dates', '?from=2026-01-02&to=2026-01-01', /^Expected from to be at or before to/],
  ['an unknown technique', '?technique=magic', /^Expected technique to be one of few-shot, /],
  ['an unknown segment', '?segment=royal', /^Expected segment to be one of free, pro, enterprise/],
  ['a bad id', '?up_to_id=-1', /^Expected up_to_id to be an integer from 0, got "-1"/],
  [
    'an id not given yet',
    '?up_to_id=1',
    /^Expected up_to_id to be at most 0, the newest id, got 1/,
  ],
  [
    'a parameter given twice',
    '?from=2026-01-01&from=2026-01-02',
    /^querystring\/from must be string/,
  ],
] as const) {
  test(`${what} is answered 400 with the rule`, async (t) => {
    const { ask } = await openDashboard(t)
    const { status, json } = await ask(query)
    assert.deepEqual([status, json.error?.code], [400, 'invalid_request'])
    assert.match(json.error?.message ?? '', rule)
  })
}

test('what is said while others write is said again later, for the same id', async (t) => {
  const { summary, token, as, rate, login, send } = await openDashboard(t, {
    databaseRoundTripMs: 1,
    modelMedianMs: 3,
    modelBatchMedianMs: 3,
    poolMax: 5,
  })
  const other = (await login(2)).access_token
  const seen = new Map<number, Summary>()
  // Until enough has been seen, so that a busy machine only takes longer.
  const writers = Array.from({ length: 8 }, async (_, writer) => {
    for (let count = 0; seen.size < 12; count++) {
      if (writer % 2 === 0) await as(other, '/v1/batch', { prompts: [`${writer} ${count}`, 'b'] })
      else await as(token, '/v1/enhance', { prompt: `${writer} ${count}` })
      await rate(count * 3, count % 2 === 0)
    }
  })
  while (seen.size < 12) {
    const now = await summary()
    seen.set(now.up_to_id, now)
    // A remembered answer needs no timer, and the writers do.
    await sleep(1)
  }
  await Promise.all(writers)

  for (const [id, then] of seen) {
    assert.deepEqual(await summary(`?up_to_id=${id}`), then)
    // Another question, so nothing remembered can answer.
    assert.deepEqual(await summary(`?from=${then.from}&to=${then.to}&up_to_id=${id}`), then)
  }
  const { stored_prompts: stored } = (await send({ url: '/v1/stats' })).json
  assert.equal((await summary()).prompts, stored)
})

test('identical summaries at once are computed once', async (t) => {
  const { summary, enhance, metric } = await openDashboard(t, { databaseRoundTripMs: 5 })
  await enhance('a')
  const selects = () => metric('sandbox_db_query_duration_seconds_count{operation="select"}')
  const before = (await selects()) ?? 0
  const found = await Promise.all(Array.from({ length: 30 }, () => summary()))

  assert.deepEqual(found, Array(30).fill(found[0]))
  // One page of rows and one of ratings.
  assert.equal(await selects(), before + 2)
})
