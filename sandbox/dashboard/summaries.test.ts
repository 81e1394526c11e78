import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDatabase } from '../database.ts'
import { DEFAULT_SETTINGS } from '../settings.ts'
import { Store } from '../store.ts'
import { EntryIds } from './entry-ids.ts'
import { EntryLog } from './entry-log.ts'
import { EntryReader } from './entry-reader.ts'
import { MetricsStore } from './metrics-store.ts'
import { Summaries } from './summaries.ts'
import type { Summary } from './summary.ts'

const ENHANCEMENT = {
  prompt: 'a prompt',
  technique: 'analogy',
  confidence: 1,
  enhancedPrompt: '',
  cached: false,
  costUsd: 0.00001,
  modelMs: 1,
} as const

test('a range that is no longer remembered is refused, never summed up in part', async (t) => {
  const settings = { ...DEFAULT_SETTINGS, users: 1, databaseRoundTripMs: 0 }
  const observers = { observeWait: () => undefined, observeQuery: () => undefined }
  const database = openDatabase(settings, observers)
  t.after(() => database.close())
  const ids = new EntryIds()
  const store = new Store(database.pool, ids)
  // One block of 16,384 entries and the one that is being filled.
  const reader = new EntryReader(new MetricsStore(database.pool), ids, new EntryLog(1))
  const summaries = new Summaries(ids, reader)

  for (let batch = 0; batch < 16; batch++) {
    await store.addBatch(1, Array<typeof ENHANCEMENT>(1_000).fill(ENHANCEMENT), 1)
  }
  const whole = JSON.parse(await summaries.json({})) as Summary
  assert.equal(whole.prompts, 16_000)

  await store.addBatch(1, Array<typeof ENHANCEMENT>(1_000).fill(ENHANCEMENT), 1)
  await assert.rejects(summaries.json({}), {
    status: 400,
    message: /^Expected a range that begins at \d{4}-.*Z or later$/,
  })
  const since = reader.log.forgottenMs + 1
  const rest = JSON.parse(await summaries.json({ fromMs: since })) as Summary
  assert.ok(rest.prompts < 1_000)
  // What was said before is remembered.
  assert.deepEqual(JSON.parse(await summaries.json({ upToId: 16_000 })), whole)
})
