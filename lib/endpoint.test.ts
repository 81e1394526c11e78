import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  authEndpoint,
  declaredEndpoints,
  endpoint,
  fillPath,
  followsRedirects,
  optionalEndpoints,
} from './endpoint.ts'

test('an endpoint is a method and a path, and objectives may name it', () => {
  assert.deepEqual(endpoint('GET /v1/orders/:id'), {
    name: 'GET /v1/orders/:id',
    method: 'GET',
    path: '/v1/orders/:id',
    hasParameters: true,
  })
  assert.deepEqual(declaredEndpoints(), ['GET /v1/orders/:id'])
})

test('a log-in endpoint is not one that objectives may name', () => {
  authEndpoint('POST /login')

  assert.ok(!declaredEndpoints().includes('POST /login'))
})

test('an endpoint that a sound run may never call says so, and one that may redirect', () => {
  endpoint('GET /v1/orders/latest', { redirects: 0 })
  assert.equal(followsRedirects(), false)
  const route = endpoint('DELETE /v1/orders/:id', { optional: true, redirects: 2 })

  assert.equal(route.redirects, 2)
  assert.ok(declaredEndpoints().includes('DELETE /v1/orders/:id'))
  assert.deepEqual(optionalEndpoints(), ['DELETE /v1/orders/:id'])
  assert.equal(followsRedirects(), true)
})

for (const name of ['/v1/orders', 'get /v1', 'GET v1', 'GET  /v1', '']) {
  test(`"${name}" is refused as an endpoint`, () => {
    assert.throws(() => endpoint(name), /Expected an endpoint such as "GET/)
  })
}

test('values of the path and the query are escaped', () => {
  const path = fillPath(authEndpoint('GET /v1/orders/:id'), { id: 'a/b c' }, { q: 'x&y', page: 2 })

  assert.equal(path, '/v1/orders/a%2Fb%20c?q=x%26y&page=2')
})

test('a missing parameter is named', () => {
  assert.throws(
    () => fillPath(authEndpoint('GET /v1/orders/:id')),
    /Expected a value for ":id" of \/v1\/orders\/:id/,
  )
})
