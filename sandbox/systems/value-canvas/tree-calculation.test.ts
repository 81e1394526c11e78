import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openSandbox } from '../../../tests/support/sandbox/test-client.ts'
import { calculateTree } from './tree-calculation.ts'

const TREE = {
  name: 'root',
  value: 100,
  cost: 20,
  children: [
    { name: 'left', value: 10, cost: 30, children: [{ name: 'leaf', value: 45 }] },
    { name: 'right', value: 50 },
  ],
}

test('total, weighted value, return, critical path and distribution are those of the tree', () => {
  const { compute_ms: computeMs, ...found } = calculateTree(TREE)
  assert.ok(computeMs >= 0 && computeMs < 1_000)
  assert.deepEqual(found, {
    nodes: 4,
    depth: 2,
    total_value: 205,
    weighted_value: 100 + 9 + 45 * 0.9 ** 2 + 45,
    roi: (205 - 50) / 50,
    critical_path: ['root', 'left', 'leaf'],
    critical_value: 155,
    distribution: {
      min: 10,
      max: 100,
      mean: 51.25,
      median: 47.5,
      deviation: found.distribution.deviation,
    },
  })
  const squares = [100, 10, 45, 50].map((value) => (value - 51.25) ** 2)
  const variance = squares.reduce((sum, each) => sum + each, 0) / 4
  assert.ok(Math.abs(found.distribution.deviation - Math.sqrt(variance)) < 1e-9)
})

test('a query gives the highest values of a part of the tree', () => {
  const { matches } = calculateTree(TREE, { value_min: 20, depth_max: 1, top: 2 })
  assert.deepEqual(matches, [
    { name: 'root', value: 100 },
    { name: 'right', value: 50 },
  ])
})

test('the planted delay is part of the time that a calculation says', async (t) => {
  const settings = { treeDelayMs: 15 } as Record<string, number>
  const { ask, login } = await openSandbox(t, settings, { systems: ['value-canvas'] })
  const token = (await login()).access_token
  const url = '/v1/value-trees/calculations'
  const { status, json } = await ask('POST', url, { token, payload: { tree: TREE } })
  assert.equal(status, 200)
  assert.ok(Number(json['compute_ms']) >= 15)
  const bad = await ask('POST', url, { token, payload: { tree: { name: 'no value' } } })
  assert.equal(bad.status, 400)
})
