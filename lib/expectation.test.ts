import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileExpectation, type Expectation } from './expectation.ts'

interface Order {
  id: string
  items: string[]
  total: number
}

const expectation: Expectation<Order, number> = {
  status: [200, 201],
  schema: {
    type: 'object',
    properties: {
      id: { type: 'string' },
      items: { type: 'array', items: { type: ['string', 'null'] } },
      total: { type: 'number' },
    },
  },
  durationMsMax: 500,
  rules: {
    'has-items': ({ items }) => items.length > 0,
    'first-named': ({ items }) => items.every((item) => item.length > 0),
    'as-ordered': ({ items }, wanted) => items.length <= wanted,
  },
}
const good = { id: 'o1', items: ['book'], total: 12 }

for (const { title, status, body, durationMs = 20, reason } of [
  { title: 'a good answer', status: 200, body: good, reason: undefined },
  { title: 'no answer at all', status: 0, body: undefined, reason: 'no-answer' },
  { title: 'another status', status: 503, body: good, reason: 'status-503' },
  { title: 'a body that is no JSON', status: 200, body: undefined, reason: 'not-json' },
  { title: 'JSON null', status: 200, body: null, reason: 'type' },
  { title: 'another good status', status: 201, body: good, reason: undefined },
  {
    title: 'a missing field',
    status: 200,
    body: { id: 'o1', items: ['x'] },
    reason: 'required-total',
  },
  {
    title: 'a field of another type',
    status: 200,
    body: { ...good, items: 'book' },
    reason: 'type-items',
  },
  { title: 'a null field', status: 200, body: { ...good, id: null }, reason: 'type-id' },
  { title: 'a slow answer', status: 200, body: good, durationMs: 501, reason: 'too-slow' },
  {
    title: 'more than was asked for',
    status: 200,
    body: { ...good, items: ['a', 'b', 'c'] },
    reason: 'as-ordered',
  },
  { title: 'a broken rule', status: 200, body: { ...good, items: [] }, reason: 'has-items' },
  {
    title: 'a rule that throws',
    status: 200,
    body: { ...good, items: [null] },
    reason: 'first-named',
  },
]) {
  test(`${title} is ${reason ?? 'accepted'}`, () => {
    assert.equal(
      compileExpectation(expectation)({ status, timings: { duration: durationMs } }, body, 2),
      reason,
    )
  })
}

test('without schema and rules the body is not looked at', () => {
  const rejection = compileExpectation({ status: 204 })
  assert.equal(
    rejection({ status: 204, timings: { duration: 1 } }, undefined, undefined),
    undefined,
  )
})
