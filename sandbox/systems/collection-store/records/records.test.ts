import assert from 'node:assert/strict'
import { test } from 'node:test'
import Database from 'libsql'
import { openStore } from '../../../../tests/support/sandbox/store-client.ts'
import { recordSql, tableSql } from './record-queries.ts'

const RECORD = { category: 'mine', label: 'a long label', amount: 5, data: 'x "☃"' }
const ORDERS = 'collections/orders/records'

test('a record is created, read, changed and deleted', async (t) => {
  const { ask, send } = await openStore(t)
  const created = await ask('POST', ORDERS, RECORD)
  assert.deepEqual([created.status, created.json], [201, { id: 101, version: 1 }])
  assert.deepEqual((await ask('GET', `${ORDERS}/101`)).json, { id: 101, version: 1, ...RECORD })
  assert.deepEqual((await ask('PATCH', `${ORDERS}/101`, { amount: 9 })).json, {
    id: 101,
    version: 2,
  })
  const changed = { id: 101, version: 2, ...RECORD, amount: 9 }
  assert.deepEqual((await ask('GET', `${ORDERS}/101`)).json, changed)
  assert.equal((await send({ url: '/v1/stats' })).json['stored_records'], 301)

  assert.equal((await ask('DELETE', `${ORDERS}/101`)).status, 204)
  for (const answer of [ask('GET', `${ORDERS}/101`), ask('DELETE', `${ORDERS}/101`)])
    assert.equal((await answer).json.error?.code, 'not_found')
  assert.equal((await ask('PATCH', `${ORDERS}/101`, { amount: 1 })).status, 404)
  assert.equal((await send({ url: '/v1/stats' })).json['stored_records'], 300)
})

test('collections are apart, and ids are not given twice', async (t) => {
  const { ask } = await openStore(t, { storeRecords: 0 })
  assert.equal((await ask('POST', ORDERS, RECORD)).json['id'], 1)
  assert.equal((await ask('GET', 'collections/products/records/1')).status, 404)
  await ask('DELETE', `${ORDERS}/1`)
  assert.equal((await ask('POST', ORDERS, RECORD)).json['id'], 2)
})

test('totals are those of one category', async (t) => {
  const { ask } = await openStore(t)
  for (const amount of [5, 7, 30]) await ask('POST', ORDERS, { ...RECORD, amount })
  const totals = await ask('GET', 'collections/orders/aggregate?category=mine')
  assert.deepEqual(totals.json, { count: 3, sum: 42, min: 5, max: 30 })
  const none = await ask('GET', 'collections/orders/aggregate?category=none')
  assert.deepEqual(none.json, { count: 0, sum: 0, min: null, max: null })
})

test('a query gives the highest amounts of a category, or of labels with a text in them', async (t) => {
  const { ask } = await openStore(t)
  for (const amount of [5, 7, 30]) await ask('POST', ORDERS, { ...RECORD, amount })
  const amounts = async (query: string) => {
    const { items } = (await ask('GET', `${ORDERS}?${query}`)).json as { items?: unknown }
    return (items as { amount: number }[]).map(({ amount }) => amount)
  }
  assert.deepEqual(await amounts('category=mine&limit=2'), [30, 7])
  assert.deepEqual(await amounts('label=long'), [30, 7, 5])
  assert.deepEqual(await amounts('label=%25'), [])
})

test('a category is looked up in its index, and a label in every row', () => {
  const database = new Database(':memory:')
  database.exec(tableSql('events', 10))
  const planOf = (sql: string, ...parameters: (string | number)[]) =>
    database
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all(parameters)
      .map((row) => (row as { detail: string }).detail)
      .join()
  const { byCategory, byLabel, aggregate } = recordSql('events')

  assert.match(planOf(byCategory, 'a', 1), /USING INDEX store_events_by_category/)
  assert.match(planOf(aggregate, 'a'), /USING COVERING INDEX store_events_by_category/)
  assert.match(planOf(byLabel, 'a', 1), /^SCAN store_events/)
  database.close()
})

test('a full collection takes no further record', async (t) => {
  const { ask } = await openStore(t, { storeRecords: 2, storeRecordsMax: 3 })
  assert.equal((await ask('POST', ORDERS, RECORD)).status, 201)
  const { status, json } = await ask('POST', ORDERS, RECORD)
  assert.deepEqual([status, json.error?.code], [507, 'store_full'])
})

test('a record that the database had no time for is not counted', async (t) => {
  const busy = { poolMax: 1, poolWaitersMax: 1, databaseRoundTripMs: 5 }
  const { ask } = await openStore(t, { ...busy, storeRecords: 0, storeRecordsMax: 5 })
  const writes = Array.from({ length: 5 }, () => ask('POST', ORDERS, RECORD))
  const statuses = (await Promise.all(writes)).map(({ status }) => status)
  assert.deepEqual(statuses, [201, 201, 503, 503, 503])
  assert.equal((await ask('POST', ORDERS, RECORD)).status, 201)
})

test('what is no record, no id, no query and no collection is answered 400', async (t) => {
  const { ask } = await openStore(t)
  for (const body of [{}, { ...RECORD, amount: -1 }, { ...RECORD, category: '' }])
    assert.equal((await ask('POST', ORDERS, body)).status, 400)
  for (const path of [
    `${ORDERS}/0`,
    `${ORDERS}/a`,
    ORDERS,
    `${ORDERS}?category=a&label=b`,
    `${ORDERS}?category=a&limit=101`,
    'collections/none/records/1',
    'collections/orders/aggregate',
  ])
    assert.equal((await ask('GET', path)).status, 400, path)
})
