import assert from 'node:assert/strict'
import { test } from 'node:test'
import { GOOD, judgeMeasured } from '../../../tests/support/verdict/example-evidence.ts'

const OPEN = { model: 'open', target: 100, thinkSeconds: 0 } as const

test('a pool that was large enough and yet empty says that something stood still', () => {
  const raw = { indicator: 'error-ratio', limit: '< 1%' }
  const { reasons } = judgeMeasured([{ raw, value: 0 }], {
    plan: OPEN,
    facts: { iterations: 5_000, droppedIterations: 2_650, iterationSeconds: 0.2 },
  })
  assert.match(
    reasons[0]?.text ?? '',
    /^2,650 of 7,650 iterations were dropped because no VU was free: .*, which is enough on average: the target or k6 stood still for a while$/,
  )
})

test('an iteration that was dropped was not started', () => {
  const { reasons } = judgeMeasured([GOOD], {
    plan: OPEN,
    facts: { iterations: 5_500, droppedIterations: 10 },
  })
  assert.deepEqual(reasons[0]?.data, { started: 5_500, dropped: 10, planned: 7_650 })
})
