import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EntryLog } from './entry-log.ts'
import { summarize } from './summary.ts'

const BLOCK = 16_384

function filled(entries: number, blocksMax?: number): EntryLog {
  const log = new EntryLog(blocksMax)
  for (let id = 1; id <= entries; id++) {
    const counts = { prompts: 1, costUnits: 2, latencyMs: id % 100, rated: 0, satisfied: 0 }
    log.append({ id, createdAtMs: id * 10, cell: id % 30, ...counts })
  }
  return log
}

test('the oldest entries are forgotten in whole blocks, and until when is known', () => {
  const log = filled(BLOCK * 2)
  assert.deepEqual([log.blocks.length, log.forgottenMs], [2, -Infinity])

  const small = filled(BLOCK * 2 + 1, 2)
  assert.deepEqual([small.blocks.length, small.forgottenMs], [2, BLOCK * 10])
})

test('the newest time is that of the newest enhancement, not of a rating', () => {
  const log = filled(BLOCK + 2)
  const rating = { prompts: 0, costUnits: 0, latencyMs: 0, rated: 1, satisfied: 1 }
  log.append({ id: BLOCK + 3, createdAtMs: 10, cell: 0, ...rating })

  assert.equal(log.newestMs(BLOCK + 3), (BLOCK + 2) * 10)
  assert.equal(log.newestMs(BLOCK), BLOCK * 10)
  assert.equal(log.newestMs(1), 10)
  assert.equal(log.newestMs(0), undefined)
})

test('a summary stops at its id and its times, across blocks', async () => {
  const { blocks } = filled(BLOCK * 2)
  const [fromMs, toMs, upToId] = [1_000, BLOCK * 20, BLOCK + 99]
  const summary = await summarize(blocks, { fromMs, toMs, upToId })
  assert.equal(summary.prompts, BLOCK)
  assert.equal(summary.cost_usd, (BLOCK * 2) / 1e8)

  const short = await summarize(blocks, { fromMs, toMs: 1_990, upToId })
  assert.equal(short.prompts, 100)
  assert.deepEqual(short.latency, { p50_ms: 49, p95_ms: 94, p99_ms: 98 })
})

test('a summary in progress is not changed by what is appended or forgotten', async () => {
  const log = filled(BLOCK * 2, 2)
  const under = summarize(log.blocks, { fromMs: 0, toMs: 1e12, upToId: BLOCK * 2 })
  const counts = { prompts: 1, costUnits: 2, latencyMs: 1, rated: 0, satisfied: 0 }
  log.append({ id: BLOCK * 2 + 1, createdAtMs: BLOCK * 20, cell: 1, ...counts })
  assert.equal(log.forgottenMs, BLOCK * 10)
  assert.equal((await under).prompts, BLOCK * 2)
})
