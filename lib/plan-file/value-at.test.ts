import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isSameValue, valueAt } from './value-at.ts'

test('a path leads through objects and lists, and to nothing where there is nothing', () => {
  const body = { data: { items: [{ id: 0 }, { id: null }] }, length: 3 }
  assert.equal(valueAt(body, 'data.items.0.id'), 0)
  assert.equal(valueAt(body, 'data.items.1.id'), null)
  assert.equal(valueAt(body, 'length'), 3)
  assert.equal(valueAt(body, ''), body)
  for (const path of ['data.items.2.id', 'data.none', 'toString', '__proto__', 'length.x']) {
    assert.equal(valueAt(body, path), undefined, path)
  }
  assert.equal(valueAt(undefined, 'a'), undefined)
})

test('values are equal by what they hold, and a number is no text', () => {
  assert.ok(isSameValue({ a: 1, b: [1, { c: null }] }, { b: [1, { c: null }], a: 1 }))
  const different = [
    [1, '1'],
    [
      [1, 2],
      [2, 1],
    ],
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: undefined }, { b: undefined }],
    [[], {}],
    [null, {}],
    [null, undefined],
  ]
  for (const [a, b] of different) assert.ok(!isSameValue(a, b), JSON.stringify([a, b]))
})
