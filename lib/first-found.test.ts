import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Finder, firstFound } from './first-found.ts'

const finders: Finder<[number, boolean], string>[] = [
  (n) => (n < 10 ? 'small' : undefined),
  (n, even) => (even && n % 2 === 0 ? 'even' : undefined),
  (n) => (n > 99 ? 'large' : undefined),
]

for (const { n, found } of [
  { n: 4, found: 'small' },
  { n: 20, found: 'even' },
  { n: 101, found: 'large' },
  { n: 51, found: undefined },
]) {
  test(`the first of three finds ${found ?? 'nothing'} for ${n}`, () => {
    assert.equal(firstFound(finders)(n, true), found)
  })
}

test('no finder finds nothing', () => {
  assert.equal(firstFound<[number], string>([])(1), undefined)
})
