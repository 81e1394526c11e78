import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ofObjective, reason } from '../reasons/reasons.ts'
import { secondPass } from './second-pass.ts'

const data = {
  capacity: 'between 371/s (good) and 425/s (bad)',
  limit: '>= 400/s',
  from: 371,
  to: 452,
}
const open = ofObjective('capacity', reason('CAPACITY_OPEN', data))

test('a limit between a good and a bad step asks for the ramp between them', () => {
  assert.deepEqual(secondPass([open], { secondPass: true }), { fromRate: 371, rate: 452 })
})

test('there is no second pass where nothing is open, nobody wants it, or other machines take part', () => {
  const above = ofObjective('capacity', reason('CAPACITY_ABOVE_RAMP', data))
  assert.equal(secondPass([above], { secondPass: true }), undefined)
  assert.equal(secondPass([open], { secondPass: false }), undefined)
  assert.equal(secondPass([open], { secondPass: true, segment: { part: 1, of: 2 } }), undefined)
})
