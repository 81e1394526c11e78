import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type JsonSchema, plainTypes, prepareSchema, schemaProblem } from './json-schema.ts'

const ORDER: JsonSchema = {
  type: 'object',
  required: ['id', 'lines'],
  properties: {
    id: { type: 'string', pattern: '^o-\\d+$', minLength: 3, maxLength: 6 },
    state: { enum: ['open', 'paid'] },
    note: { type: ['string', 'null'] },
    lines: {
      type: 'array',
      minItems: 1,
      maxItems: 2,
      items: { type: 'object', properties: { count: { type: 'integer', minimum: 1, maximum: 9 } } },
    },
  },
}
const schema = prepareSchema(ORDER)
const good = { id: 'o-1', lines: [{ count: 1 }] }

for (const { value, problem } of [
  { value: good },
  { value: { ...good, note: null, state: 'paid', more: 1 } },
  { value: null, problem: 'type' },
  { value: [], problem: 'type' },
  { value: {}, problem: 'required-id' },
  { value: { id: 'o-1' }, problem: 'required-lines' },
  { value: { ...good, id: 7 }, problem: 'type-id' },
  { value: { ...good, id: 'o-' }, problem: 'minLength-id' },
  { value: { ...good, id: 'o-12345' }, problem: 'maxLength-id' },
  { value: { ...good, id: 'x-1' }, problem: 'pattern-id' },
  { value: { ...good, state: 'lost' }, problem: 'enum-state' },
  { value: { ...good, note: 1 }, problem: 'type-note' },
  { value: { ...good, lines: {} }, problem: 'type-lines' },
  { value: { ...good, lines: [] }, problem: 'minItems-lines' },
  { value: { ...good, lines: [1, 2, 3] }, problem: 'maxItems-lines' },
  { value: { ...good, lines: [{ count: 1 }, {}] }, problem: 'required-lines[].count' },
  { value: { ...good, lines: [{ count: 1.5 }] }, problem: 'type-lines[].count' },
  { value: { ...good, lines: [{ count: 0 }] }, problem: 'minimum-lines[].count' },
  { value: { ...good, lines: [{ count: 10 }] }, problem: 'maximum-lines[].count' },
]) {
  test(`${JSON.stringify(value)} has ${problem ?? 'no problem'}`, () => {
    assert.equal(schemaProblem(schema, value), problem)
  })
}

const TEXT: JsonSchema = { type: 'string' }

for (const { asked, plain = [] } of [
  { asked: { properties: { id: TEXT } }, plain: ['id', 'string'] },
  {
    asked: { type: 'object', properties: { id: TEXT, size: { type: 'number' } } },
    plain: ['id', 'string', 'size', 'number'],
  },
  { asked: { properties: { id: TEXT, state: {} } } },
  { asked: { properties: { id: TEXT, count: { type: 'integer' } } } },
  { asked: { properties: { id: TEXT, note: { type: ['string', 'null'] } } } },
  { asked: { properties: { id: { type: 'string', minLength: 1 } } } },
  { asked: { properties: { id: TEXT, note: TEXT }, required: ['id'] } },
  { asked: { properties: { id: TEXT, to: { type: 'object', properties: { id: TEXT } } } } },
  { asked: { type: 'array', items: TEXT } },
  { asked: { items: TEXT } },
  { asked: { type: ['object', 'null'], properties: { id: TEXT } } },
  { asked: TEXT },
] as { asked: JsonSchema; plain?: string[] }[]) {
  test(`${JSON.stringify(asked)} is ${plain.length > 0 ? 'plain' : 'more than plain'}`, () => {
    assert.deepEqual(plainTypes(prepareSchema(asked)), plain)
  })
}

test('a property that texts and lists have too is not looked at without the type of the value', () => {
  const plain = (name: string): string[] =>
    plainTypes(prepareSchema({ type: 'object', properties: { [name]: { type: 'number' } } }))

  assert.deepEqual(plain('size'), ['size', 'number'])
  assert.deepEqual(plain('length'), [])
})
