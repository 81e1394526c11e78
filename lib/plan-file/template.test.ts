import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRandom } from '../random.ts'
import { placeholder, placeholdersOf, template, type TemplateScope } from './template.ts'

const scope = (): TemplateScope => ({
  user: 7,
  iteration: 42,
  random: createRandom(1),
  uuid: () => 'some-uuid',
  lists: {
    products: [
      { sku: 'pen', size: { cm: 14 } },
      { sku: 'book', size: { cm: 20 } },
    ],
  },
  picked: {},
  captured: { order: { id: 5, tags: ['a', 'b'] }, nothing: null },
})

const filled = (value: unknown, given = scope()): unknown => template(value)(given)

test('a text that is one placeholder has the type of what it stands for', () => {
  assert.equal(filled('${iteration}'), 42)
  assert.deepEqual(filled('${captured.order}'), { id: 5, tags: ['a', 'b'] })
  assert.equal(filled('${captured.nothing}'), null)
  assert.equal(filled('${captured.order.tags.1}'), 'b')
})

test('within a text a placeholder is text', () => {
  assert.equal(filled('user-${user(4)} of ${uuid}'), 'user-0007 of some-uuid')
  assert.equal(filled('${user}${user}'), '77')
  assert.equal(filled('it is ${captured.order}'), 'it is {"id":5,"tags":["a","b"]}')
})

test('objects and lists are filled at any depth, and what has no placeholder is the very same value', () => {
  assert.deepEqual(filled({ a: [{ b: '${user}' }, 1, null, true] }), {
    a: [{ b: 7 }, 1, null, true],
  })
  const plain = { a: [1] }
  assert.equal(filled(plain), plain)
})

test('an iteration picks one row of a list, and all of its fields belong together', () => {
  const rows = new Set<string>()
  for (let seed = 0; seed < 40; seed++) {
    const given = { ...scope(), random: createRandom(seed) }
    const both = filled('${data.products.sku} ${data.products.size.cm}', given) as string
    assert.match(both, /^(pen 14|book 20)$/)
    rows.add(both)
  }
  assert.equal(rows.size, 2)
})

test('random numbers have both of their limits', () => {
  const given = scope()
  const roll = template('${random(-1, 2)}')
  const seen = new Set(Array.from({ length: 200 }, () => roll(given)))
  assert.deepEqual([...seen].sort(), [-1, 0, 1, 2])
})

test('$${...} is sent as ${...}', () => {
  assert.equal(filled('$${user} is ${user}'), '${user} is 7')
  assert.deepEqual(placeholdersOf({ a: '$${user}', b: ['${uuid} ${data.x}'] }), ['uuid', 'data.x'])
})

test('what means nothing is no placeholder', () => {
  const unknown = ['users', 'random(6, 1)', 'random(1)', 'data', 'data.', 'captured', '', 'user()']
  for (const name of unknown) assert.equal(placeholder(name), undefined, name)
  assert.throws(() => template('${users}'), /got "\$\{users\}"/)
})
