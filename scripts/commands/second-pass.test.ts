import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ofObjective, reason } from '../reasons/reasons.ts'
import type { RunVerdict } from '../verdict/judge.ts'
import { secondPass } from './second-pass.ts'

const data = {
  capacity: 'between 371/s (good) and 425/s (bad)',
  limit: '>= 400/s',
  from: 371,
  to: 452,
}
const open = {
  verdict: 'NO_DATA',
  reasons: [ofObjective('capacity', reason('CAPACITY_OPEN', data))],
} satisfies Pick<RunVerdict, 'verdict' | 'reasons'>
const OPTIONS = { secondPass: true, out: [] }

test('a limit between a good and a bad step asks for the ramp between them', () => {
  assert.deepEqual(secondPass(open, OPTIONS), {
    fromRate: 371,
    rate: 452,
  })
})

test('there is no second pass where nothing is open, or more than that', () => {
  const above = ofObjective('capacity', reason('CAPACITY_ABOVE_RAMP', data))
  assert.equal(secondPass({ verdict: 'NO_DATA', reasons: [above] }, OPTIONS), undefined)
  // Stopped by the user, or by a busy machine; and missed in another way.
  for (const verdict of ['INVALID', 'FAIL'] as const) {
    assert.equal(secondPass({ verdict, reasons: open.reasons }, OPTIONS), undefined)
  }
})

test('nor where nobody wants it, or it would not be the same load', () => {
  for (const change of [
    { secondPass: false },
    { segment: { part: 1, of: 2 } },
    { model: 'closed' as const },
    { out: ['json=samples.json'] },
  ]) {
    const given = open
    assert.equal(secondPass(given, { ...OPTIONS, ...change }), undefined)
  }
})
