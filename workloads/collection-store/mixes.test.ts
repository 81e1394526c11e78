import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MIXED, MIXES } from './mixes.ts'

const shareOf = (mix: Record<string, number>, names: readonly string[]): number => {
  const total = Object.values(mix).reduce((sum, weight) => sum + weight, 0)
  const own = names.reduce((sum, name) => sum + (mix[name] ?? 0), 0)
  return Math.round((own / total) * 1_000_000) / 10_000
}

const WRITES = ['write-small', 'write-medium', 'write-large']

test('records are read 60 %, written 20 %, updated 15 %, deleted 3 % and aggregated 2 %', () => {
  const parts = [
    ['read-record'],
    WRITES,
    ['update-record'],
    ['delete-record'],
    ['aggregate-records'],
  ]
  assert.deepEqual(
    parts.map((names) => shareOf(MIXES.database, names)),
    [60, 20, 15, 3, 2],
  )
})

test('production is 20 % sessions, 40 % records, 20 % realtime, 10 % files, 5 % attributes, 5 % functions', () => {
  const { authentication, database, realtime, files, computed, functions } = MIXES
  const parts = [authentication, database, realtime, files, computed, functions]
  assert.deepEqual(
    parts.map((part) => shareOf(MIXED, Object.keys(part))),
    [20, 40, 20, 10, 5, 5],
  )
  // Within a part its own shares hold.
  assert.equal(shareOf(MIXED, ['read-record']), 24)
  assert.equal(shareOf(MIXED, WRITES), 8)
})
