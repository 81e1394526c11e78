import assert from 'node:assert/strict'
import { once } from 'node:events'
import { get } from 'node:http'
import type { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { test, type TestContext } from 'node:test'
import type { Enhancement } from '../enhancer.ts'
import { listenOnLoopback } from '../listen.ts'
import type { Store } from '../store.ts'
import { TECHNIQUES } from '../technique-rules.ts'
import { openSandbox } from '../../tests/support/sandbox/test-client.ts'

const HEADER = 'id,created_at,technique,segment,cost_usd,latency_ms,satisfied'

async function openDashboard(test: TestContext) {
  const sandbox = await openSandbox(test)
  const token = (await sandbox.login()).access_token
  const headers = { authorization: `Bearer ${token}` }
  return {
    ...sandbox,
    headers,
    enhance: (prompt: string, technique = 'few-shot') =>
      sandbox.as(token, '/v1/enhance', { prompt, technique }),
    rate: (id: number, satisfied: boolean) => sandbox.as(token, '/v1/feedback', { id, satisfied }),
    exported: (query: string) =>
      sandbox.app.inject({ url: `/v1/metrics/export?${query}`, headers }),
    summary: (query: string) => sandbox.as(token, `/v1/metrics/summary?${query}`),
  }
}

/** Thousands of rows in a second, past the API. */
async function storeRows(store: Store, thousands: number): Promise<void> {
  for (let batch = 0; batch < thousands; batch++) {
    const enhancements = Array.from({ length: 1_000 }, (_, index): Enhancement => ({
      prompt: 'a prompt',
      technique: TECHNIQUES[index % TECHNIQUES.length] ?? 'zero-shot',
      confidence: 1,
      enhancedPrompt: '',
      cached: false,
      costUsd: 0.00001,
      modelMs: 1,
    }))
    await store.addBatch(1 + (batch % 20), enhancements, batch + 0.25)
  }
}

test('CSV has a header, a line for each row, and an empty field where nothing was rated', async (t) => {
  const { enhance, rate, exported, summary } = await openDashboard(t)
  for (const technique of TECHNIQUES.slice(0, 3)) await enhance('a', technique)
  await rate(1, true)
  await rate(2, false)
  const response = await exported('format=csv')
  assert.equal(response.statusCode, 200)
  assert.equal(response.headers['content-type'], 'text/csv; charset=utf-8; header=present')
  assert.equal(response.headers['content-disposition'], 'attachment; filename="enhancements-5.csv"')
  assert.equal(response.headers['x-up-to-id'], '5')

  const lines = response.body.split('\r\n')
  assert.deepEqual([lines.length, lines[0], lines[4]], [5, HEADER, ''])
  const rows = lines.slice(1, 4).map((line) => line.split(','))
  assert.deepEqual(
    rows.map(([id, , technique]) => [id, technique]),
    TECHNIQUES.slice(0, 3).map((technique, index) => [String(index + 1), technique]),
  )
  assert.deepEqual(
    rows.map((row) => row[6]),
    ['true', 'false', ''],
  )
  const costUsd = rows.reduce((sum, row) => sum + Number(row[4]), 0)
  assert.equal(Math.round(costUsd * 1e8) / 1e8, (await summary('')).json['cost_usd'])
})

test('JSON is one array of the same rows', async (t) => {
  const { enhance, rate, exported } = await openDashboard(t)
  assert.deepEqual((await exported('format=json')).json(), [])
  await enhance('a', 'few-shot')
  await enhance('b', 'analogy')
  await rate(2, true)
  const rows = (await exported('format=json')).json<Record<string, unknown>[]>()

  assert.deepEqual(
    rows.map(({ id, technique, satisfied }) => ({ id, technique, satisfied })),
    [
      { id: 1, technique: 'few-shot', satisfied: null },
      { id: 2, technique: 'analogy', satisfied: true },
    ],
  )
  assert.equal(Object.keys(rows[0] ?? {}).join(), HEADER)
})

test('an export is limited as a summary is, ratings by the id too', async (t) => {
  const { enhance, rate, exported } = await openDashboard(t)
  await enhance('a', 'few-shot')
  await sleep(3)
  const between = new Date().toISOString()
  await sleep(3)
  await enhance('b', 'few-shot')
  await enhance('c', 'analogy')
  await rate(1, true)
  await rate(1, false)
  const rows = async (query: string) =>
    (await exported(`format=json&${query}`))
      .json<{ id: number; satisfied: boolean | null }[]>()
      .map(({ id, satisfied }) => [id, satisfied])

  assert.deepEqual(await rows('technique=few-shot'), [
    [1, false],
    [2, null],
  ])
  assert.deepEqual(await rows('technique=few-shot&up_to_id=4'), [
    [1, true],
    [2, null],
  ])
  assert.deepEqual(await rows(`from=${between}&up_to_id=2`), [[2, null]])
  assert.deepEqual(await rows(`to=${between}`), [[1, false]])
  assert.deepEqual(await rows(`from=${between}&to=${between}`), [])
  assert.deepEqual(await rows('from=2099-01-01'), [])
  assert.deepEqual(await rows('to=2999-12-31T23:59:59.999Z&up_to_id=1'), [[1, null]])
  const bySegment = await Promise.all(
    ['free', 'pro', 'enterprise'].map((one) => rows(`segment=${one}`)),
  )
  assert.deepEqual(bySegment.map(({ length }) => length).sort(), [0, 0, 3])
})

for (const [what, query, rule] of [
  ['an unknown format', 'format=xml', /^querystring\/format must be equal to one of/],
  ['a bad date', 'from=soon', /^Expected from to be an ISO 8601 date/],
  ['reversed dates', 'from=2026-01-02&to=2026-01-01', /^Expected from to be at or before to/],
  ['an unknown technique', 'technique=magic', /^Expected technique to be one of/],
  ['an unknown segment', 'segment=royal', /^Expected segment to be one of/],
  ['an id not given yet', 'up_to_id=1', /^Expected up_to_id to be at most 0/],
] as const) {
  test(`${what} is answered 400 with the rule`, async (t) => {
    const { exported } = await openDashboard(t)
    const response = await exported(query)
    assert.equal(response.statusCode, 400)
    assert.match(response.json<{ error: { message: string } }>().error.message, rule)
  })
}

test('51,000 rows are streamed and all there, and who goes away ends the work', async (t) => {
  const { app, store, headers, metric, summary } = await openDashboard(t)
  await storeRows(store, 51)
  const url = `${await listenOnLoopback(app, 0)}/v1/metrics/export`
  const exportedRows = async () => (await metric('sandbox_exported_rows_total')) ?? 0

  const { body } = await fetch(url, { headers })
  assert.ok(body)
  let text = ''
  let atFirst: number | undefined
  for await (const part of body.pipeThrough(new TextDecoderStream())) {
    text += part
    atFirst ??= await exportedRows()
  }
  const lines = text.split('\r\n').slice(1, -1)
  assert.deepEqual([lines.length, await exportedRows()], [51_000, 51_000])
  assert.ok((atFirst ?? Infinity) < 51_000)
  assert.ok(lines.every((line, index) => line.startsWith(`${index + 1},`)))
  assert.equal((await summary('')).json['prompts'], 51_000)

  const [left] = (await once(get(`${url}?format=json`, { headers }), 'response')) as [Readable]
  await once(left, 'data')
  left.destroy()
  let rows = await exportedRows()
  for (let before = -1; before !== rows; rows = await exportedRows()) {
    before = rows
    await sleep(50)
  }
  assert.ok(rows > 51_000 && rows < 102_000, String(rows))
  assert.equal(await metric('sandbox_db_pool_in_use'), 0)
})
