import assert from 'node:assert/strict'
import { test } from 'node:test'
import { measureTree } from './value-tree.ts'

const messageOf = (tree: unknown): string => {
  try {
    measureTree(tree)
  } catch (error) {
    return (error as Error).message
  }
  return ''
}

test('values are summed plainly and by depth, and costs give the return', () => {
  const tree = {
    name: 'root',
    value: 100,
    cost: 20,
    children: [
      { name: 'left', value: 10, cost: 30, children: [{ name: 'leaf', value: 1 }] },
      { name: 'right', value: 50 },
    ],
  }
  assert.deepEqual(measureTree(tree), {
    nodes: 4,
    totalValue: 161,
    weightedValue: 100 + 9 + 1 * 0.9 ** 2 + 45,
    roi: (161 - 50) / 50,
  })
})

test('a tree without cost has no return', () => {
  assert.equal(measureTree({ name: 'root', value: 1 }).roi, null)
  assert.equal(measureTree({ name: 'root', value: 1, cost: 0 }).roi, null)
})

const chain = (depth: number): object => {
  let node: object = { name: 'leaf', value: 1 }
  for (let above = 0; above < depth; above++) node = { name: 'n', value: 1, children: [node] }
  return node
}

const star = (leaves: number) => ({
  name: 'root',
  value: 0,
  children: Array.from({ length: leaves }, () => ({ name: 'leaf', value: 1 })),
})

test('5,000 nodes and depth 50 are measured, one more of either is refused', () => {
  assert.equal(measureTree(star(4_999)).nodes, 5_000)
  assert.equal(measureTree(chain(50)).nodes, 51)

  assert.equal(messageOf(star(5_000)), 'Expected body/tree to have at most 5000 nodes, got more')
  assert.equal(messageOf(chain(51)), 'Expected body/tree to be at most 50 deep, got depth 51')
})

test('a tree deeper than any stack is refused like any other', () => {
  assert.match(messageOf(chain(200_000)), /at most 50 deep/)
})

test('all faults are named by their place, up to five', () => {
  const tree = {
    name: '',
    value: '1',
    cost: -1,
    children: [{ name: 'ok', value: Infinity }, null, 7],
  }
  assert.equal(
    messageOf(tree),
    [
      'Expected body/tree/name to be a text of 1 to 200 characters',
      'Expected body/tree/value to be a number from -1000000000000 to 1000000000000',
      'Expected body/tree/cost to be a number from 0 to 1000000000000',
    ].join('; '),
  )
  assert.equal(
    messageOf({ name: 'root', value: 1, children: tree.children }),
    [
      'Expected body/tree/children/0/value to be a number from -1000000000000 to 1000000000000',
      'Expected body/tree/children/1 to be an object',
      'Expected body/tree/children/2 to be an object',
    ].join('; '),
  )
  const six = { name: 'root', value: 1, children: [1, 2, 3, 4, 5, 6] }
  assert.equal(messageOf(six).split('; ').length, 5)
  assert.match(messageOf({ name: 'root', value: 1, children: {} }), /children to be an array/)
})
