import assert from 'node:assert/strict'
import { test } from 'node:test'
import { waitsOf } from './waits.ts'
import type { Workload } from './workload.ts'

const workload: Workload = {
  name: 'shop',
  auth: { authenticator: () => ({ headers: {}, renewAtMs: Infinity, renew: () => false }) },
  thinkTime: { minSeconds: 0.4, maxSeconds: 1.3 },
  operations: {},
}

for (const { what, plannedSeconds, timeout, stop } of [
  { what: 'a smoke run', plannedSeconds: 10, timeout: 10, stop: 30 },
  { what: 'the demo of a spike', plannedSeconds: 84, timeout: 10, stop: 30 },
  { what: 'five minutes', plannedSeconds: 300, timeout: 30, stop: 35 },
  { what: 'half an hour', plannedSeconds: 1_830, timeout: 60, stop: 65 },
]) {
  test(`in ${what} a request times out after ${timeout} s, before k6 would interrupt it`, () => {
    const waits = waitsOf(workload, plannedSeconds)
    assert.equal(waits.requestTimeoutSeconds, timeout)
    assert.equal(waits.gracefulStopSeconds, stop)
    assert.equal(waits.gracefulRampDownSeconds, stop + 2)
  })
}

test('a workload may wait longer for an answer, and its iterations then end later, too', () => {
  const slow = waitsOf({ ...workload, requestTimeoutSeconds: 120 }, 60)
  assert.deepEqual([slow.requestTimeoutSeconds, slow.gracefulStopSeconds], [120, 125])

  const long = waitsOf({ ...workload, gracefulStopSeconds: 300 }, 60)
  assert.deepEqual([long.requestTimeoutSeconds, long.gracefulStopSeconds], [10, 300])
})

test('a user whom a falling load takes away while it thinks is no interrupted iteration', () => {
  for (const [changes, pause] of [
    [{ thinkTime: { seconds: 90 } }, 90],
    [{ thinkTime: { seconds: 1 }, iterationSecondsMin: 60 }, 60],
    // exp(4 x ln(30 / 10) / 1.645) = 14.5 times the median.
    [{ thinkTime: { medianSeconds: 10, p95Seconds: 30 } }, 145],
  ] as const) {
    const { gracefulRampDownSeconds, gracefulStopSeconds } = waitsOf(
      { ...workload, ...changes },
      60,
    )
    assert.equal(gracefulRampDownSeconds - gracefulStopSeconds, pause)
  }
})
