import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type JsonSchema, openApiSchema, prepareSchema } from './json-schema.ts'
import { schemaProblem } from './schema-problem.ts'

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

/** What an OpenAPI 3 document says of a tree, its labels and its sizes. */
const DOCUMENT = {
  openapi: '3.0.3',
  components: {
    schemas: {
      Node: {
        type: 'object',
        required: ['id'],
        properties: {
          id: { $ref: '#/components/schemas/Id' },
          parent: { nullable: true, allOf: [{ $ref: '#/components/schemas/Id' }] },
          nodes: { type: 'array', items: { $ref: '#/components/schemas/Node' } },
          shape: { oneOf: [{ $ref: '#/components/schemas/a~1b' }, { type: 'integer' }] },
          size: { type: 'number', minimum: 0, exclusiveMinimum: true, maximum: 2 },
          labels: { type: 'object', additionalProperties: { type: 'string' } },
          at: { type: 'string', format: 'date-time' },
        },
      },
      Id: { type: 'string', format: 'uuid' },
      'a/b': { type: 'object', additionalProperties: false, properties: { width: {} } },
    },
  },
}
const tree = prepareSchema(openApiSchema(DOCUMENT, '#/components/schemas/Node'))
const id = '7d0f2d3c-0a3e-4c57-8a5d-2f1f7a4c3b21'

for (const { value, problem } of [
  { value: { id } },
  { value: { id, parent: null, nodes: [{ id, nodes: [{ id, parent: id }] }], more: 1 } },
  { value: { id, shape: 3, size: 0.1, labels: { a: 'b' }, at: '2026-11-30T21:00:00.5+01:00' } },
  { value: { id, shape: { width: 1 } } },
  { value: {}, problem: 'required-id' },
  { value: { id: 'seven' }, problem: 'format-id' },
  { value: { id: 7 }, problem: 'type-id' },
  { value: { id, parent: 7 }, problem: 'type-parent' },
  { value: { id, nodes: [{ id, nodes: [{}] }] }, problem: 'required-nodes[].nodes[].id' },
  { value: { id, shape: { height: 1 } }, problem: 'oneOf-shape' },
  { value: { id, shape: 'x' }, problem: 'oneOf-shape' },
  { value: { id, size: 0 }, problem: 'exclusiveMinimum-size' },
  { value: { id, size: 3 }, problem: 'maximum-size' },
  { value: { id, labels: { a: 1 } }, problem: 'type-labels.*' },
  { value: { id, at: '2026-11-31T25:00:00Z' }, problem: 'format-at' },
]) {
  test(`of a document's tree ${JSON.stringify(value)} has ${problem ?? 'no problem'}`, () => {
    assert.equal(schemaProblem(tree, value), problem)
  })
}

for (const { schema, good, bad, problem } of [
  { schema: { const: { a: [1] } }, good: { a: [1] }, bad: { a: [2] }, problem: 'const' },
  { schema: { enum: [{ a: 1 }, null] }, good: null, bad: { a: 2 }, problem: 'enum' },
  {
    schema: { anyOf: [{ type: 'null' }, { minLength: 2 }] },
    good: 'ab',
    bad: 'a',
    problem: 'anyOf',
  },
  { schema: { oneOf: [{ minimum: 1 }, { maximum: 5 }] }, good: 6, bad: 3, problem: 'oneOf' },
  { schema: { not: { type: 'string' } }, good: 1, bad: 'a', problem: 'not' },
  { schema: { exclusiveMaximum: 5 }, good: 4.9, bad: 5, problem: 'exclusiveMaximum' },
  { schema: { multipleOf: 0.1 }, good: 0.3, bad: 0.35, problem: 'multipleOf' },
  { schema: { format: 'int32' }, good: 7, bad: 2 ** 31, problem: 'format' },
  { schema: { format: 'unheard-of' }, good: 'x', bad: undefined, problem: undefined },
  {
    schema: { uniqueItems: true },
    good: [1, '1'],
    bad: [{ a: 1 }, { a: 1 }],
    problem: 'uniqueItems',
  },
  {
    schema: { minProperties: 1, maxProperties: 1 },
    good: { a: 1 },
    bad: {},
    problem: 'minProperties',
  },
  { schema: { maxProperties: 1 }, good: {}, bad: { a: 1, b: 2 }, problem: 'maxProperties' },
  { schema: { required: ['a'] }, good: { a: null }, bad: {}, problem: 'required-a' },
  { schema: { items: { type: 'integer' } }, good: [1], bad: ['1'], problem: 'type-[]' },
] as { schema: JsonSchema; good: unknown; bad: unknown; problem?: string }[]) {
  test(`${JSON.stringify(schema)} takes ${JSON.stringify(good)} and refuses ${JSON.stringify(bad)}`, () => {
    assert.equal(schemaProblem(prepareSchema(schema), good), undefined)
    assert.equal(schemaProblem(prepareSchema(schema), bad), problem)
  })
}

test('a reference of a schema of its own stands for what is at that place', () => {
  const list: JsonSchema = {
    properties: { next: { $ref: '#' }, head: { $ref: '#/$defs/head' } },
    required: ['head'],
    $defs: { head: { type: 'integer' } },
  }
  assert.equal(schemaProblem(prepareSchema(list), { head: 1, next: { head: 2 } }), undefined)
  assert.equal(
    schemaProblem(prepareSchema(list), { head: 1, next: { head: 'x' } }),
    'type-next.head',
  )
})
