import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  createObjective,
  createRun,
  createRuns,
} from '../../tests/support/history/example-history.ts'
import { objectiveTrends } from './objective-trend.ts'

test('a trend has the latest value, the median of ten and the used share of the limit', () => {
  const [trend] = objectiveTrends(
    createRuns([500, 500, 100, 110, 120, 130, 140, 150, 160, 170, 180, 190]),
  )

  assert.equal(trend?.latest, 190)
  assert.deepEqual(trend.usual, { median: 145, runs: 10 })
  assert.equal(trend.usedRatio, 0.95)
  assert.equal(trend.points.length, 12)
})

test('of 99.95 % where 99.9 % is needed, half of what may fail is used', () => {
  const objective = { id: 'availability', limit: '>= 99.9%', bound: 0.999, unit: 'ratio' as const }
  const [trend] = objectiveTrends(createRuns([1, 0.9995], objective))
  assert.equal(trend?.usedRatio?.toFixed(6), '0.500000')
})

test('older runs are held against the limit of the newest', () => {
  const runs = [...createRuns([150], { bound: 100, limit: '< 100ms' }), createRun(5)]
  assert.deepEqual(objectiveTrends(runs)[0]?.usedRatios, [0.75, 0.5])
})

test('an id that measures something else now is another trend', () => {
  const runs = [...createRuns([1_000], { indicator: 'latency p99' }), createRun(5)]
  assert.deepEqual(
    objectiveTrends(runs).map(({ points }) => points.length),
    [1, 1],
  )
})

test('values of too few samples, and missing ones, are no points', () => {
  const unmeasured = createObjective({ verdict: 'NO_DATA' })
  const missing = createObjective()
  delete missing.measured
  const runs = [
    createRun(1),
    createRun(2, { objectives: [unmeasured] }),
    createRun(3, { objectives: [missing] }),
  ]
  assert.deepEqual(
    objectiveTrends(runs).map(({ points }) => points.map(({ runId }) => runId)),
    [['run-0001']],
  )
})

test('where no share can be made of a value, none is reported', () => {
  const [trend] = objectiveTrends(
    createRuns(Array<number>(20).fill(3), { bound: 0, limit: '<= 0 total', unit: 'total' }),
  )
  assert.deepEqual([trend?.usedRatio, trend?.usedRatios], [undefined, []])
})
