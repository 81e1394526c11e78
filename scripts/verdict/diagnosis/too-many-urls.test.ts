import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createEndpoint, createFacts } from '../../../tests/support/verdict/example-diagnosis.ts'
import { tooManyUrls } from './too-many-urls.ts'

function diagnoseNames(count: number, name: (index: number) => string) {
  const endpoints = Array.from({ length: count }, (_, index) => createEndpoint(name(index), 5))
  return tooManyUrls(createFacts({ endpoints }))
}

test('101 names are too many, 100 are not', () => {
  const route = (index: number) => `GET /route-${index}`
  assert.match(diagnoseNames(101, route)[0]?.text ?? '', /^Requests have 101 different names, so/)
  assert.deepEqual(diagnoseNames(100, route), [])
})

for (const [what, name, route] of [
  ['a number', (index: number) => `http://127.0.0.1/users/${index}/posts`, '/users/{id}/posts'],
  [
    'a value of the query',
    (index: number) => `http://127.0.0.1/users?q=a${index}`,
    '/users?q={id}',
  ],
  [
    'a UUID',
    (index: number) => `/users/0000000${index % 10}-1111-4222-8333-444444444444`,
    '/users/{id}',
  ],
] as const) {
  test(`ten names that differ in ${what} only are addresses, nine are not`, () => {
    assert.ok(diagnoseNames(10, name)[0]?.text.includes(`10 of them like `), what)
    assert.ok(diagnoseNames(10, name)[0]?.text.includes(route), what)
    assert.deepEqual(diagnoseNames(9, name), [])
  })
}

test('versions and words are no ids, and an endpoint of the plan that nobody called is no name', () => {
  assert.deepEqual(
    diagnoseNames(90, (index) => `GET /v${index}/item-${index}`),
    [],
  )
  const endpoints = Array.from({ length: 200 }, (_, index) => createEndpoint(`GET /${index}`, 0))
  assert.deepEqual(tooManyUrls(createFacts({ endpoints })), [])
})
