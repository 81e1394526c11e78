import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Scenario } from 'k6/options'
import { shareOf } from './instance-plan.ts'

const RATE: Scenario = {
  executor: 'constant-arrival-rate',
  rate: 100,
  duration: '10s',
  preAllocatedVUs: 5,
}

test('a rate is divided as its users are: five of them are three and two', () => {
  const shares = [1, 2].map((part) => {
    const machine = { part, of: 2, startAtMs: 0 }
    return shareOf({ rate: RATE }, { instances: 1, machine })
  })
  assert.deepEqual(
    shares.map((share) => [share?.users, share?.ratio, share?.text]),
    [
      [3, 0.6, 'segment 1/2'],
      [2, 0.4, 'segment 2/2'],
    ],
  )
})
