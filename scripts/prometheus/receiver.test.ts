import assert from 'node:assert/strict'
import { test } from 'node:test'
import { authorizationVariable, receiverOf } from './receiver.ts'

const NO_STACK = { K6_VERDICT_OBSERVABILITY: '/does/not/exist' }

test('a bare base URL gets the path of Prometheus, another path stays', () => {
  assert.equal(receiverOf('http://127.0.0.1:1', {}).url, 'http://127.0.0.1:1/api/v1/write')
  assert.equal(receiverOf('http://127.0.0.1:1/', {}).url, 'http://127.0.0.1:1/api/v1/write')
  assert.equal(receiverOf('https://m.example/push', {}).url, 'https://m.example/push')
})

test('without a URL it is that of the environment, else the usual one', () => {
  assert.equal(receiverOf(true, NO_STACK).url, 'http://127.0.0.1:9090/api/v1/write')
  const env = { ...NO_STACK, K6_PROMETHEUS_RW_SERVER_URL: 'http://127.0.0.1:7/w' }
  assert.equal(receiverOf(true, env).url, 'http://127.0.0.1:7/w')
})

test('what could hold a secret is refused and not repeated', () => {
  for (const url of ['http://a:sesame@h', 'http://sesame@h', 'http://h/?token=sesame']) {
    assert.throws(
      () => receiverOf(url, {}),
      (error: Error) =>
        /Expected --prometheus/.test(error.message) && !/sesame/.test(error.message),
    )
  }
  assert.throws(() => receiverOf('prometheus:9090', {}), /an http:\/\/ or https:\/\/ URL/)
})

test('credentials and headers are those that k6 takes from the environment', () => {
  const basic = { K6_PROMETHEUS_RW_USERNAME: 'load', K6_PROMETHEUS_RW_PASSWORD: 'p:w' }
  const expected = `Basic ${Buffer.from('load:p:w').toString('base64')}`
  assert.deepEqual(receiverOf('http://h', basic).headers, { Authorization: expected })
  const others = {
    K6_PROMETHEUS_RW_BEARER_TOKEN: 'token',
    K6_PROMETHEUS_RW_HTTP_HEADERS: 'X-A:1,X-B:2',
    'K6_PROMETHEUS_RW_HEADERS_X-Scope-OrgID': 'team',
  }
  const receiver = receiverOf('http://h', others)
  assert.deepEqual(receiver.headers, {
    'X-A': '1',
    'X-B': '2',
    'X-Scope-OrgID': 'team',
    Authorization: 'Bearer token',
  })
  assert.deepEqual(authorizationVariable(receiver), {
    K6_PROMETHEUS_RW_HEADERS_Authorization: 'Bearer token',
  })
})

test('headers that k6 could not read are refused and not repeated', () => {
  for (const headers of ['sesame', 'X-A:sesame:1', 'X-A:1,', ':sesame']) {
    assert.throws(
      () => receiverOf('http://h', { K6_PROMETHEUS_RW_HTTP_HEADERS: headers }),
      (error: Error) =>
        /Expected K6_PROMETHEUS_RW_HTTP_HEADERS to be/.test(error.message) &&
        !/sesame/.test(error.message),
    )
  }
})
