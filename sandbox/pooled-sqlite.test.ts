import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { test, type TestContext } from 'node:test'
import { openDatabase } from './database.ts'
import { DEFAULT_SETTINGS, type SandboxSettings } from './settings.ts'

function open(test: TestContext, overrides: Partial<SandboxSettings>) {
  const settings = { ...DEFAULT_SETTINGS, users: 5, ...overrides }
  const waits: number[] = []
  const queries: string[] = []
  const database = openDatabase(settings, {
    observeWait: (seconds) => waits.push(seconds),
    observeQuery: (operation) => queries.push(operation),
  })
  test.after(() => database.close())
  return { ...database, waits, queries }
}

const COUNT = 'SELECT id FROM batches ORDER BY id'
const INSERT =
  "INSERT INTO batches (id, user_id, prompts, cost_usd, created_at) VALUES (?, 1, 1, 0, '')"
const USERS = 'SELECT * FROM users'

test('transactions and single writes on ten connections at once neither fail nor block', async (t) => {
  const { pool } = open(t, { poolMax: 10, databaseRoundTripMs: 1 })
  const insert = pool.prepare(INSERT)
  const writes = Array.from({ length: 100 }, (_, id) =>
    id % 2 === 0
      ? pool.run(insert, id)
      : pool.transaction((transaction) => transaction.run(insert, [[id], [id + 1_000]])),
  )
  await Promise.all(writes)

  assert.equal((await pool.all(pool.prepare(COUNT))).length, 150)
})

test('a transaction that throws leaves nothing behind, and the next one works', async (t) => {
  const { pool } = open(t, { poolMax: 2 })
  const insert = pool.prepare(INSERT)
  const failed = pool.transaction((transaction) => {
    transaction.run(insert, [[1]])
    throw new Error('changed my mind')
  })
  await assert.rejects(failed, /changed my mind/)
  const twice = pool.transaction((transaction) => transaction.run(insert, [[3], [3]]))
  await assert.rejects(twice, /UNIQUE/)

  await pool.transaction((transaction) => transaction.run(insert, [[2]]))
  assert.deepEqual(await pool.all(pool.prepare(COUNT)), [{ id: 2 }])
})

test('a query that fails gives its connection back', async (t) => {
  const { pool } = open(t, { poolMax: 1 })
  const insert = pool.prepare(INSERT)
  await pool.run(insert, 1)
  await assert.rejects(pool.run(insert, 1), /UNIQUE/)
  await assert.rejects(
    pool.transaction((transaction) => transaction.run(insert, [[1]])),
    /UNIQUE/,
  )

  assert.deepEqual(pool.state, { inUse: 0, waiting: 0, max: 1 })
})

test('a reader on another connection sees what has just been committed', async (t) => {
  const { pool } = open(t, { poolMax: 2, databaseRoundTripMs: 0 })
  const [insert, select] = [pool.prepare(INSERT), pool.prepare(COUNT)]
  const count = async () => (await pool.all(select)).length
  for (let id = 1; id <= 20; id++) {
    await pool.run(insert, id)
    assert.deepEqual(await Promise.all([count(), count()]), [id, id])
  }
})

test('a transaction holds its connection for a round trip of BEGIN, COMMIT and each statement', async (t) => {
  const { pool, queries } = open(t, { poolMax: 1, databaseRoundTripMs: 10 })
  const [insert, select] = [pool.prepare(INSERT), pool.prepare(COUNT)]
  const sinceMs = performance.now()
  const done = pool.transaction((transaction) => {
    transaction.run(insert, [[1], [2], [3]])
    return transaction.all(select)
  })
  assert.equal(pool.state.inUse, 1)

  assert.deepEqual(await done, [{ id: 1 }, { id: 2 }, { id: 3 }])
  const elapsedMs = performance.now() - sinceMs
  assert.ok(elapsedMs >= 38, `${elapsedMs} ms`)
  assert.deepEqual(queries, ['insert', 'select'])
})

test('callers beyond poolMax wait their turn, and the wait is reported', async (t) => {
  const { pool, waits } = open(t, { poolMax: 1, databaseRoundTripMs: 10 })
  const users = pool.prepare(USERS)
  const queries = [1, 2, 3].map(() => pool.all(users))
  await sleep(1)
  assert.deepEqual(pool.state, { inUse: 1, waiting: 2, max: 1 })
  await Promise.all(queries)

  assert.equal(waits.length, 3)
  assert.ok((waits[2] ?? 0) > 0.015)
})

test('a caller that waits too long for a connection gets a 503 that says so', async (t) => {
  const { pool } = open(t, { poolMax: 1, poolAcquireTimeoutMs: 10, databaseRoundTripMs: 100 })
  const users = pool.prepare(USERS)
  const held = pool.all(users)

  await assert.rejects(pool.all(users), {
    status: 503,
    code: 'database_pool_timeout',
    message: 'Waited 10 ms for database_pool',
  })
  await held
})

test('closing removes the database from the disk', () => {
  const settings = { ...DEFAULT_SETTINGS, users: 1 }
  const observers = { observeWait: () => undefined, observeQuery: () => undefined }
  const database = openDatabase(settings, observers)
  assert.ok(existsSync(database.folder))

  database.close()
  assert.ok(!existsSync(database.folder))
})
