import assert from 'node:assert/strict'
import { test } from 'node:test'
import { authEndpoint, declaredEndpoints, endpoint, isExpectedStatus, urlOf } from './endpoint.ts'

const names = (): string[] => declaredEndpoints().map(({ name }) => name)

test('an endpoint is a method and a path, and objectives may name it', () => {
  const others = names()
  assert.deepEqual(endpoint('GET /v1/orders/:id'), {
    name: 'GET /v1/orders/:id',
    method: 'GET',
    path: '/v1/orders/:id',
  })
  assert.deepEqual(names(), [...others, 'GET /v1/orders/:id'])
})

test('a log-in endpoint is not one that objectives may name', () => {
  authEndpoint('POST /login')

  assert.ok(!names().includes('POST /login'))
})

for (const name of ['/v1/orders', 'get /v1', 'GET v1', 'GET  /v1', '']) {
  test(`"${name}" is refused as an endpoint`, () => {
    assert.throws(() => endpoint(name), /Expected an endpoint such as "GET/)
  })
}

const ORDER = authEndpoint('GET /v1/orders/:id')
const HOST = 'http://shop.example'

test('values of the path and the query are escaped', () => {
  const options = { params: { id: 'a/b c' }, query: { q: 'x&y', page: 2 } }

  assert.equal(urlOf(ORDER, HOST, options), `${HOST}/v1/orders/a%2Fb%20c?q=x%26y&page=2`)
})

test('a missing parameter is named', () => {
  assert.throws(() => urlOf(ORDER, HOST, {}), /Expected a value for ":id" of \/v1\/orders\/:id/)
})

for (const { options, good, bad } of [
  { options: {}, good: [200, 201, 204, 304], bad: [0, 101, 301, 307, 400, 404, 500] },
  { options: { redirects: 2 }, good: [200], bad: [302, 404] },
  { options: { redirects: 0 }, good: [200, 302], bad: [404] },
  { options: { statuses: [200, 404] }, good: [200, 404], bad: [201, 304, 400] },
]) {
  test(`of an endpoint with ${JSON.stringify(options)} good are ${good.join(', ')}`, () => {
    const isGood = (status: number): boolean => isExpectedStatus(options, status)

    assert.deepEqual([...good, ...bad].filter(isGood), good)
  })
}

test('an endpoint on another host is sent there', () => {
  const files = endpoint('GET https://files.example.com/v1/:id', { label: 'photo' })

  assert.equal(files.name, 'GET https://files.example.com/v1/:id photo')
  assert.equal(urlOf(files, HOST, { params: { id: '7' } }), 'https://files.example.com/v1/7')
})

test('of a list each value of a query is a parameter of its own, and nothing is left out', () => {
  const query = { tag: ['a', 'b&c'], none: undefined, deep: false }

  assert.equal(urlOf({ path: '/x' }, HOST, { query }), `${HOST}/x?tag=a&tag=b%26c&deep=false`)
  assert.equal(urlOf({ path: '/x' }, HOST, { query: {} }), `${HOST}/x`)
})
