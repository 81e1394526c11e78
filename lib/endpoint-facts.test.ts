import assert from 'node:assert/strict'
import { test } from 'node:test'
import { endpoint } from './endpoint.ts'
import { endpointFacts, requireAllowedHosts } from './endpoint-facts.ts'

test('a plan says which endpoints a sound run may never call, and whether one follows redirects', () => {
  const read = endpoint('GET /v1/orders/:id')
  const latest = endpoint('GET /v1/orders/latest', { redirects: 0 })
  const remove = endpoint('DELETE /v1/orders/:id', { optional: true, redirects: 2 })

  assert.deepEqual(endpointFacts([read, latest, remove]), {
    endpoints: ['GET /v1/orders/:id', 'GET /v1/orders/latest', 'DELETE /v1/orders/:id'],
    optionalEndpoints: ['DELETE /v1/orders/:id'],
    followsRedirects: true,
  })
  assert.equal(endpointFacts([read, latest]).followsRedirects, false)
})

test('an endpoint on another host is forbidden unless its host is allowed or this machine', () => {
  const endpoints = [
    endpoint('GET https://files.example.com/v1/:id', { label: 'photo' }),
    endpoint('POST https://id.example.com:8443/token'),
    endpoint('GET http://127.0.0.1:9999/metrics'),
    endpoint('GET /v1/orders'),
  ]
  const refusal = (targets: string[], allowed: string[]): string => {
    try {
      requireAllowedHosts(endpoints, targets, allowed)
      return ''
    } catch (error) {
      return (error as Error).message
    }
  }

  const both = 'GET https://files.example.com/v1/:id photo, POST https://id.example.com:8443/token'
  assert.match(refusal(['http://shop.example/v1'], []), new RegExp(`got ${both}: list it in`))
  assert.equal(refusal([], ['https://files.example.com', 'id.example.com:8443']), '')
  assert.equal(refusal(['https://files.example.com/api'], ['id.example.com']), '')
})
