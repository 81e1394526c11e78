import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createFacts } from '../../../tests/support/verdict/example-diagnosis.ts'
import { failuresFromStart } from '../diagnosis/failures-from-start.ts'
import { timeBeforeSending } from '../diagnosis/time-before-sending.ts'
import { furtherFindings } from './further-findings.ts'

test('a finding is left out when a cause says the same', () => {
  const diagnosis = [
    ...failuresFromStart(createFacts({ firstRequests: { requests: 100, failed: 90 } })),
    ...timeBeforeSending(
      createFacts({ connections: { opened: 9, blockedMs: 9e5, connectingMs: 8e5, tlsMs: 0 } }),
    ),
  ]
  const left = furtherFindings(diagnosis, [{ code: 'WHY_CONNECT' }])
  assert.deepEqual(
    left.map(({ id }) => id),
    ['failures-from-start'],
  )
  assert.deepEqual(furtherFindings(diagnosis, []), diagnosis)
})
