import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { addressOf, isAllowed, resolveLocation } from './address.ts'

const FROM = 'http://api.invalid:8080/v1/orders/7?page=2'

describe('a Location leads where the URL class says', () => {
  for (const location of [
    ...[
      '/',
      '/v2',
      '/v2?a=1',
      '/v2?a=/../b?c',
      '/v2#part',
      '/a/./b/../c',
      '/a/..',
      '/..',
      '/../../a/.',
    ],
    ...['8', '8/', './8', '../8', '../../../8', '..', '?page=3', '?', '#part', '8/b'],
    ...['//other.invalid/x', '//OTHER.invalid:80', '//api.invalid:8080/v2', '//other.invalid/'],
    ...['http://api.invalid:8080', 'HTTP://API.INVALID:8080/v2', 'http://api.invalid:08080/v2'],
    ...[
      'http://api.invalid/',
      'https://api.invalid:8080/',
      'https://api.invalid:443?a#b',
      'http://a_b.invalid:80/',
    ],
    ...[
      'http://127.0.0.1:1/x',
      'http://[::1]/',
      'http://[::1]:8080/a',
      '/@other.invalid',
      '/a//b',
      '/é',
    ],
  ]) {
    test(location, () => {
      const { href, hash, origin, protocol, port, hostname } = new URL(location, FROM)
      const host = `${hostname}:${port || (protocol === 'http:' ? 80 : 443)}`
      const found = resolveLocation(location, FROM)

      assert.ok(found)
      assert.deepEqual(
        { ...found, url: new URL(found.url).href },
        { url: hash ? href.replace(hash, '') : href, origin, host, hostname },
      )
    })
  }
})

describe('a Location that is unusual leads nowhere', () => {
  for (const location of [
    ...['http://me@api.invalid:8080/', 'http://me:word@api.invalid:8080/', '//me@api.invalid/'],
    ...['http://api.invalid:8080@other.invalid/', 'http://api.invalid:8080\\@other.invalid/'],
    ...[
      '\\\\other.invalid',
      '/\\other.invalid',
      'http:\\\\other.invalid',
      'http:/\\other.invalid',
      '/a\\b',
    ],
    ...[
      'http:other.invalid',
      'http:/other.invalid',
      'http:///other.invalid',
      '///other.invalid',
      'http://',
      '//',
    ],
    ...[
      '/\tother',
      '/\n/other.invalid',
      'ht\ntp://other.invalid',
      ' http://other.invalid',
      '/a b',
      '/\0',
      '/\x7f',
    ],
    ...[
      'javascript:alert(1)',
      'ftp://api.invalid/',
      'file:///etc/passwd',
      'data:,x',
      'ws://api.invalid:8080/',
    ],
    ...[
      'http://api.invalid:/',
      'http://api.invalid:0/',
      'http://api.invalid:65536/',
      'http://api.invalid:x/',
    ],
    ...[
      'http://api%2einvalid:8080/',
      'http://apï.invalid/',
      'http://[::1/',
      'http://[api]/',
      'http://::1/',
    ],
    ...['http://other.invalid#@api.invalid:8080/ ', 'http://a, http://b'],
  ]) {
    test(JSON.stringify(location), () => assert.equal(resolveLocation(location, FROM), undefined))
  }
})

test('a base URL with a user, or none at all, allows nothing relative', () => {
  assert.equal(resolveLocation('/v2', 'http://me:word@api.invalid/'), undefined)
  assert.equal(resolveLocation('/v2', ''), undefined)
})

describe('what is allowed is an origin, a host with its port, or a host name with any', () => {
  const cases: [url: string, allowed: string, isIt: boolean][] = [
    ['http://api.invalid/x', 'http://api.invalid', true],
    ['http://API.invalid:80/x', 'http://api.invalid', true],
    ['https://api.invalid/x', 'http://api.invalid', false],
    ['http://api.invalid:8080/x', 'http://api.invalid', false],
    ['http://api.invalid:8080/x', 'api.invalid:8080', true],
    ['https://api.invalid:8080/x', 'api.invalid', true],
    ['http://api.invalid./x', 'api.invalid', false],
    ['http://x.api.invalid/', 'api.invalid', false],
    ['http://api.invalid.other.invalid/', 'api.invalid', false],
    ['http://[::1]:8080/', '[::1]', true],
    ['http://127.1/', '127.0.0.1', false],
  ]
  for (const [url, allowed, isIt] of cases) {
    test(`${url} by ${allowed}: ${isIt ? 'yes' : 'no'}`, () => {
      const address = addressOf(url)

      assert.ok(address)
      assert.equal(isAllowed(address, ['http://else.invalid', allowed]), isIt)
    })
  }
})
