import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lateFault, skewFault } from './start-skew.ts'

test('k6 that began within a second of each other are in the same phases', () => {
  assert.deepEqual(skewFault([]), [])
  assert.deepEqual(skewFault([5_000]), [])
  assert.deepEqual(skewFault([5_000, 6_000, 5_300]), [])
})

test('k6 that began further apart have no phases in common, and the reason says how far', () => {
  const [fault, ...others] = skewFault([5_000, 7_500, 6_000])
  assert.deepEqual(others, [])
  assert.equal(fault?.code, 'STARTED_APART')
  assert.equal(fault.text, 'The instances began 2.5 s apart, so samples are in the wrong phase')
})

test('a start that nobody asked for at a time is never late', () => {
  assert.deepEqual(lateFault(5_000, undefined), [])
  assert.deepEqual(lateFault(undefined, 5_000), [])
  assert.deepEqual(lateFault(5_900, 5_000), [])
})

test('a load that began after its time has other phases than those of the other machines', () => {
  const [fault] = lateFault(8_200, 5_000)
  assert.equal(fault?.code, 'STARTED_LATE')
  assert.equal(fault.text, 'The load began 3.2 s after --start-at: give it a later time')
})
