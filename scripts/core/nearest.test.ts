import assert from 'node:assert/strict'
import { test } from 'node:test'
import { didYouMean, nearest } from './nearest.ts'

const KNOWN = ['load', 'list', 'run', 'report', 'spike', 'better-prompts', '--from-rate']

for (const [typed, meant] of [
  ['lod', 'load'],
  ['laod', 'load'],
  ['LIST', 'list'],
  ['spkie', 'spike'],
  ['raport', 'report'],
  ['beter-promts', 'better-prompts'],
  ['--form-rate', '--from-rate'],
] as const) {
  test(`${typed} is near ${meant}`, () => {
    assert.equal(nearest(typed, KNOWN), meant)
  })
}

for (const typed of ['zebra', 'best', 'ab', '', '--frobnicate', 'prompts-grpc']) {
  test(`nothing is near "${typed}"`, () => {
    assert.equal(nearest(typed, KNOWN), undefined)
    assert.equal(didYouMean(typed, KNOWN), '')
  })
}

test('where nothing is known nothing is near', () => {
  assert.equal(nearest('load', []), undefined)
})
