import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Expectation, parseJson, rejection } from './rejection.ts'

interface Order {
  id: string
  items: string[]
  total: number
}

const expectation: Expectation<Order> = {
  fields: { id: 'string', items: 'array', total: 'number' },
  rules: {
    'has-items': ({ items }) => items.length > 0,
    'first-named': ({ items }) => items.every((item) => item.length > 0),
  },
}
const good = { id: 'o1', items: ['book'], total: 12 }

for (const { title, status, body, reason } of [
  { title: 'a good answer', status: 200, body: good, reason: undefined },
  { title: 'no answer at all', status: 0, body: undefined, reason: 'no-answer' },
  { title: 'another status', status: 503, body: good, reason: 'status-503' },
  { title: 'a body that is no JSON', status: 200, body: parseJson('<html>'), reason: 'not-json' },
  {
    title: 'a truncated body',
    status: 200,
    body: parseJson('{"id": "o1", "ite'),
    reason: 'not-json',
  },
  { title: 'an empty body', status: 200, body: parseJson(null), reason: 'not-json' },
  { title: 'JSON null', status: 200, body: null, reason: 'not-json' },
  {
    title: 'a missing field',
    status: 200,
    body: { id: 'o1', items: ['x'] },
    reason: 'field-total',
  },
  {
    title: 'a field of another type',
    status: 200,
    body: { ...good, items: 'book' },
    reason: 'field-items',
  },
  { title: 'a null field', status: 200, body: { ...good, id: null }, reason: 'field-id' },
  { title: 'a broken rule', status: 200, body: { ...good, items: [] }, reason: 'has-items' },
  {
    title: 'a rule that throws',
    status: 200,
    body: { ...good, items: [null] },
    reason: 'first-named',
  },
]) {
  test(`${title} is ${reason ?? 'accepted'}`, () => {
    assert.equal(rejection(status, body, expectation), reason)
  })
}
