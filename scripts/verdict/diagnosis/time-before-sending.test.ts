import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createFacts } from '../../../tests/support/verdict/example-diagnosis.ts'
import { timeBeforeSending } from './time-before-sending.ts'

type Parts = [blockedMs: number, connectingMs: number, tlsMs: number]

/** Beside 90 s of requests. */
function diagnoseParts([blockedMs, connectingMs, tlsMs]: Parts, requests = 100) {
  const connections = { opened: 1, blockedMs, connectingMs, tlsMs }
  const endpointTimes = [{ endpoint: 'GET /', requests, failed: 0, totalMs: 90_000 }]
  return timeBeforeSending(createFacts({ connections, endpointTimes }))
}

for (const [part, connectingMs, tlsMs] of [
  ['in TLS handshakes', 1_000, 8_000],
  ['connecting', 8_000, 1_000],
  ['waiting for a connection', 1_000, 1_000],
] as const) {
  test(`a tenth of the time, mostly ${part}`, () => {
    const [found] = diagnoseParts([10_000, connectingMs, tlsMs])
    assert.ok(
      found?.text.startsWith(
        `10% of the time of all requests passed before they were sent, mostly ${part};`,
      ),
    )
  })
}

test('less than a tenth is not told, nor any part of a few requests', () => {
  assert.deepEqual(diagnoseParts([9_990, 5_000, 4_000]), [])
  assert.deepEqual(diagnoseParts([10_000, 5_000, 4_000], 99), [])
})
