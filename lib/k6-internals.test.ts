import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type JsonSchema, prepareSchema } from './json-schema.ts'
import { flatLook } from './k6-internals.ts'
import { createRandom, pick } from './random.ts'
import { schemaProblem } from './schema-problem.ts'

const VALUES = [undefined, null, '', 'a', 'abc', 0, -1, 1, 2.5, 7, true, false, [], ['a'], {}]
const LEAVES: JsonSchema[] = [
  { type: 'string' },
  { type: 'string', minLength: 1, maxLength: 2 },
  { type: 'number' },
  { type: 'number', minimum: 0 },
  { type: 'integer', minimum: 1, maximum: 5 },
  { type: 'boolean' },
]

test('the quick look and the schema agree on ten thousand bodies', () => {
  const random = createRandom(5)
  let good = 0
  for (let i = 0; i < 10_000; i++) {
    const properties = { a: pick(random, LEAVES), length: pick(random, LEAVES) }
    const schema: JsonSchema = random() < 0.5 ? { properties } : { type: 'object', properties }
    const value = {
      a: VALUES[Math.floor(random() * VALUES.length)],
      length: VALUES[Math.floor(random() * VALUES.length)],
    }
    const isGood = schemaProblem(prepareSchema(schema), value) === undefined
    assert.equal(flatLook(schema)?.(value), isGood, JSON.stringify({ schema, value }))
    good += Number(isGood)
  }
  assert.ok(good > 300, `${good} good ones`)
})

for (const body of ['text', ['a'], null, undefined, 7]) {
  test(`${JSON.stringify(body)} is no object`, () => {
    assert.equal(flatLook({ properties: { length: { type: 'number' } } })?.(body), false)
  })
}

for (const schema of [
  {},
  { type: 'array', items: { type: 'string' } },
  { properties: { a: { type: 'object' } } },
  { properties: { a: { type: 'string', pattern: 'a' } } },
  { properties: { a: { type: ['string', 'null'] } } },
  { properties: { a: { type: 'string', nullable: true } } },
  { properties: { a: { type: 'string' }, b: { type: 'string' } }, required: ['a'] },
  { properties: { a: { type: 'string' } }, additionalProperties: false },
  { $ref: '#/$defs/a', $defs: { a: {} } },
] as JsonSchema[]) {
  test(`${JSON.stringify(schema)} is left to the schema`, () => {
    assert.equal(flatLook(schema), undefined)
  })
}
