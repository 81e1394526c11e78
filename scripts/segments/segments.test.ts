import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Scenario } from 'k6/options'
import { requireWork, segmentsOf, usersOfMachine, usersOfPart } from './segments.ts'

const ramp = (target: number): Scenario => ({
  executor: 'ramping-vus',
  startVUs: 1,
  stages: [{ duration: '1s', target }],
})
const arrivals = (maxVUs: number): Scenario => ({
  executor: 'ramping-arrival-rate',
  preAllocatedVUs: maxVUs,
  maxVUs,
  stages: [{ duration: '1s', target: 500 }],
})

describe('a load is divided into equal parts', () => {
  test('all of them on one machine', () => {
    assert.deepEqual(segmentsOf(3), {
      sequence: '0,1/3,2/3,1',
      parts: [
        { name: '1', segment: '0:1/3' },
        { name: '2', segment: '1/3:2/3' },
        { name: '3', segment: '2/3:1' },
      ],
    })
  })

  test('two on the last of three machines: every machine has the same sequence', () => {
    assert.deepEqual(segmentsOf(2, { part: 3, of: 3 }), {
      sequence: '0,1/6,2/6,3/6,4/6,5/6,1',
      parts: [
        { name: '5', segment: '4/6:5/6' },
        { name: '6', segment: '5/6:1' },
      ],
    })
  })

  test('one part is all of it', () => {
    assert.deepEqual(segmentsOf(1), { sequence: '0,1', parts: [{ name: '1', segment: '0:1' }] })
  })
})

describe('users are dealt out in turn', () => {
  for (const [users, parts] of [
    [5, [2, 2, 1]],
    [3, [1, 1, 1]],
    [1, [1, 0, 0]],
    [0, [0, 0, 0]],
    [1_000, [334, 333, 333]],
  ] as const) {
    test(`${users} of them`, () => {
      assert.deepEqual(
        [0, 1, 2].map((index) => usersOfPart(users, index, 3)),
        parts,
      )
    })
  }

  test('a machine has those of all its k6 in all k6 scenarios, and together they have all', () => {
    const scenarios = { us: ramp(11), eu: arrivals(4) }
    const machines = [1, 2, 3].map((part) => usersOfMachine(scenarios, 2, { part, of: 3 }))
    assert.deepEqual(machines, [6, 6, 3])
  })
})

describe('a k6 without a user is refused', () => {
  test('with as many as there are users all have one', () => {
    requireWork({ us: ramp(2), eu: arrivals(4) }, 4)
  })

  test('one more is too many, and the message says how many there may be', () => {
    assert.throws(() => requireWork({ us: ramp(2), eu: arrivals(4) }, 5), {
      code: 'K6V_INSTANCES_TOO_MANY',
      message: /at most 4 instances.*got --instances 5/,
    })
  })

  test('those of all machines count', () => {
    requireWork({ us: ramp(6) }, 2, { part: 1, of: 3 })
    assert.throws(() => requireWork({ us: ramp(5) }, 2, { part: 1, of: 3 }), /got 6 of --segment/)
  })
})
