import assert from 'node:assert/strict'
import { test } from 'node:test'
import { graphqlOperation, noErrors } from './graphql.ts'

test('an operation has an endpoint and a body of its own', () => {
  const list = graphqlOperation('POST /graphql', 'query ListItems { items { id } }', {
    optional: true,
  })

  assert.equal(list.endpoint.name, 'POST /graphql ListItems')
  assert.equal(list.endpoint.path, '/graphql')
  assert.deepEqual(list.body({ first: 3 }), {
    operationName: 'ListItems',
    query: 'query ListItems { items { id } }',
    variables: { first: 3 },
  })
})

test('an operation without a name is refused', () => {
  assert.throws(() => graphqlOperation('POST /graphql', '{ items { id } }'), /with a name/)
})

test('errors are errors, whatever the status', () => {
  assert.equal(noErrors({ data: {} }), true)
  assert.equal(noErrors({ data: {}, errors: [] }), true)
  assert.equal(noErrors({ data: null, errors: [{ message: 'no' }] }), false)
})
