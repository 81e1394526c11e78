import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { test, type TestContext } from 'node:test'
import { openDatabase } from './database.ts'
import { DEFAULT_SETTINGS, type SandboxSettings } from './settings.ts'
import type { Tables } from './tables.ts'

function open(test: TestContext, overrides: Partial<SandboxSettings>) {
  const settings = { ...DEFAULT_SETTINGS, users: 5, ...overrides }
  const waits: number[] = []
  const database = openDatabase(settings, {
    observeWait: (seconds) => waits.push(seconds),
    observeQuery: () => undefined,
  })
  test.after(() => database.close())
  return { ...database, waits }
}

function batch(id: number): Tables['batches'] {
  return { id, user_id: 1, prompts: 1, cost_usd: 0, created_at: '2026-01-01T00:00:00.000Z' }
}

test('transactions and single writes on ten connections at once neither fail nor block', async (t) => {
  const { kysely } = open(t, { poolMax: 10, databaseRoundTripMs: 1 })
  const writes = Array.from({ length: 100 }, (_, index) =>
    index % 2 === 0
      ? kysely.insertInto('batches').values(batch(index)).execute()
      : kysely.transaction().execute(async (transaction) => {
          await transaction.insertInto('batches').values(batch(index)).execute()
          // The worst case: the lock is held across a timer.
          if (index % 10 === 1) await sleep(2)
        }),
  )
  await Promise.all(writes)

  assert.equal((await kysely.selectFrom('batches').selectAll().execute()).length, 100)
})

test('a transaction that throws leaves nothing behind and passes the turn on', async (t) => {
  const { kysely } = open(t, { poolMax: 2 })
  const failed = kysely.transaction().execute(async (transaction) => {
    await transaction.insertInto('batches').values(batch(1)).execute()
    throw new Error('changed my mind')
  })
  await assert.rejects(failed, /changed my mind/)

  await kysely.insertInto('batches').values(batch(2)).execute()
  const ids = await kysely.selectFrom('batches').select('id').execute()
  assert.deepEqual(ids, [{ id: 2 }])
})

test('a query that fails gives its connection back', async (t) => {
  const { kysely, poolState } = open(t, { poolMax: 1 })
  await kysely.insertInto('batches').values(batch(1)).execute()
  await assert.rejects(kysely.insertInto('batches').values(batch(1)).execute(), /UNIQUE/)

  assert.deepEqual(poolState(), { inUse: 0, waiting: 0, max: 1 })
})

test('a reader on another connection sees what has just been committed', async (t) => {
  const { kysely } = open(t, { poolMax: 2, databaseRoundTripMs: 0 })
  const count = async () => (await kysely.selectFrom('batches').select('id').execute()).length
  await Promise.all([count(), count()])
  for (let id = 1; id <= 20; id++) {
    await kysely.insertInto('batches').values(batch(id)).execute()
    assert.deepEqual(await Promise.all([count(), count()]), [id, id])
  }
})

test('callers beyond poolMax wait their turn, and the wait is told', async (t) => {
  const { kysely, poolState, waits } = open(t, { poolMax: 1, databaseRoundTripMs: 10 })
  const queries = [1, 2, 3].map(() => kysely.selectFrom('users').selectAll().execute())
  await sleep(1)
  assert.deepEqual(poolState(), { inUse: 1, waiting: 2, max: 1 })
  await Promise.all(queries)

  assert.equal(waits.length, 3)
  assert.ok((waits[2] ?? 0) > 0.015)
})

test('a caller that waits too long for a connection gets a 503 that says so', async (t) => {
  const { kysely } = open(t, { poolMax: 1, poolAcquireTimeoutMs: 10 })
  let release = () => {}
  const held = kysely
    .connection()
    .execute(() => new Promise<void>((resolve) => (release = resolve)))

  await assert.rejects(kysely.selectFrom('users').selectAll().execute(), {
    status: 503,
    code: 'database_pool_timeout',
    message: 'Waited 10 ms for database_pool',
  })
  release()
  await held
})

test('closing removes the database from the disk', async () => {
  const settings = { ...DEFAULT_SETTINGS, users: 1 }
  const observers = { observeWait: () => undefined, observeQuery: () => undefined }
  const database = openDatabase(settings, observers)
  await database.kysely.selectFrom('users').selectAll().execute()
  assert.ok(existsSync(database.folder))

  await database.close()
  assert.ok(!existsSync(database.folder))
})
