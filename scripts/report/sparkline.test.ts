import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sparkline } from '../core/plain-table.ts'

test('the highest value is a full bar, and zero the lowest', () => {
  assert.equal(sparkline([0, 50, 100]), '▁▅█')
})

test('bars begin at zero, so a constant rate is flat and full', () => {
  assert.equal(sparkline([990, 1_000, 985]), '███')
})

test('nothing at all is flat and low', () => {
  assert.equal(sparkline([0, 0, 0]), '▁▁▁')
  assert.equal(sparkline([]), '')
})

test('a value below zero is no bar of its own', () => {
  assert.equal(sparkline([-5, 10]), '▁█')
})
