import assert from 'node:assert/strict'
import { test } from 'node:test'
import { valueTree } from './value-tree.ts'

/** Random numbers that make these values one after the other. */
const valuesOf = (...values: number[]) => {
  let next = 0
  return () => ((values[next++] ?? 0) + 0.5) / 1_000
}

test('a tree knows what has to be calculated of it', () => {
  // root 100, its first child 10 with the leaves 45 and 7, its second child 50 with 8 and 60.
  const values = valuesOf(100, 10, 45, 7, 50, 8, 60)
  const { root, ...known } = valueTree(values, { children: 2, levels: 3 })
  assert.equal(root.children?.[1]?.children?.[1]?.value, 60)
  const { weightedValue, distribution, ...sums } = known
  assert.deepEqual(sums, { nodes: 7, totalValue: 280, totalCost: 139, criticalValue: 210 })
  assert.ok(Math.abs(weightedValue - (100 + 60 * 0.9 + 120 * 0.81)) < 1e-9)
  const { mean, deviation, ...exact } = distribution
  assert.deepEqual(exact, { min: 7, max: 100, median: 45 })
  assert.equal(mean, 40)
  const squares = [60, 30, 5, 33, 10, 32, 20].reduce((sum, each) => sum + each ** 2, 0)
  assert.ok(Math.abs(deviation - Math.sqrt(squares / 7)) < 1e-9)
})

test('of an even number of values the median is the mean of the two in the middle', () => {
  const { distribution } = valueTree(valuesOf(1, 10), { children: 1, levels: 2 })
  assert.equal(distribution.median, 5.5)
})
