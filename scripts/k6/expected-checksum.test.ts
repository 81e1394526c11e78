import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checksumOf } from './expected-checksum.ts'

const A = 'a'.repeat(64)

for (const { what, list, expected } of [
  { what: 'text mode', list: `${'b'.repeat(64)}  other.zip\n${A}  k6.zip\n`, expected: A },
  { what: 'binary mode', list: `${A} *k6.zip`, expected: A },
  { what: 'Windows line ends', list: `${A}  k6.zip\r\n`, expected: A },
  { what: 'capitals', list: `${A.toUpperCase()}  k6.zip\n`, expected: A },
  { what: 'a longer name', list: `${A}  not-k6.zip\n`, expected: undefined },
  { what: 'a short checksum', list: `${'a'.repeat(40)}  k6.zip\n`, expected: undefined },
  { what: 'a web page', list: '<html>k6.zip</html>', expected: undefined },
]) {
  test(`a checksum list with ${what} gives ${expected ? 'the checksum' : 'none'}`, () => {
    assert.equal(checksumOf('k6.zip', list), expected)
  })
}
