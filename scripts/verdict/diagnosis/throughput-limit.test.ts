import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createPlan } from '../../../tests/support/sla/example.ts'
import {
  createFacts,
  createSeries,
  createTimeline,
  type ExampleSecond,
} from '../../../tests/support/verdict/example-diagnosis.ts'
import { throughputLimit } from './throughput-limit.ts'

/** Users rise to 100 in 80 s and stay there. */
const PHASES = [
  { name: 'ramp-up', startSeconds: 0, endSeconds: 80, target: 100 },
  { name: 'hold', startSeconds: 80, endSeconds: 100, target: 100 },
]

const load = (second: number): number => Math.min(100, ((second + 0.5) * 100) / 80)

function diagnoseSeconds(at: (second: number) => ExampleSecond, model: 'closed' | 'open' | 'once') {
  const plan = createPlan({ phases: PHASES, model })
  return throughputLimit(createFacts({ plan, series: createSeries(createTimeline(at)) }))
}

/** Ten requests/s for each user, up to a limit; then a queue. */
const limitedAt = (users: number) => (second: number) => ({
  requestsPerSecond: 10 * Math.min(users, load(second)),
  p50Ms: 20 * Math.max(1, load(second) / users),
})

test('throughput that stops rising at half of the load is a limit, with its numbers', () => {
  const [found] = diagnoseSeconds(limitedAt(50), 'closed')

  assert.equal(found?.id, 'throughput-limit')
  assert.match(
    found.text,
    /from [5-6]\d[.\d]* to 9\d\.?\d? users.* from 500 to 500 requests\/s.* to 40 ms/,
  )
})

test('an open model is reported in iterations per second', () => {
  assert.match(diagnoseSeconds(limitedAt(50), 'open')[0]?.text ?? '', /to 98.6 iterations\/s/)
})

test('throughput that follows the load is none, though latency grows', () => {
  const at = (second: number) => ({
    requestsPerSecond: 10 * load(second),
    p50Ms: 20 + load(second),
  })
  assert.deepEqual(diagnoseSeconds(at, 'closed'), [])
})

test('throughput that stays flat at the same latency is none: the script sends no more', () => {
  assert.deepEqual(
    diagnoseSeconds(() => ({ requestsPerSecond: 500, p50Ms: 20 }), 'closed'),
    [],
  )
})

for (const [p50Ms, findings] of [
  [29, 0],
  [31, 1],
] as const) {
  test(`flat throughput with a median of 20 ms that becomes ${p50Ms} ms: ${findings} findings`, () => {
    const at = (second: number) => ({
      requestsPerSecond: 500,
      p50Ms: load(second) > 85 ? p50Ms : 20,
    })
    assert.equal(diagnoseSeconds(at, 'closed').length, findings)
  })
}

for (const [gain, findings] of [
  [0.1, 1],
  [0.3, 0],
] as const) {
  test(`with ${gain} of the added load answered: ${findings} findings`, () => {
    const at = (second: number) => ({
      requestsPerSecond:
        load(second) < 50 ? 10 * load(second) : 500 * (1 + gain * (load(second) / 50 - 1)),
      p50Ms: load(second) * 20,
    })
    assert.equal(diagnoseSeconds(at, 'closed').length, findings)
  })
}

test('what comes after the peak is no level of the way up', () => {
  const phases = [
    { name: 'base', startSeconds: 0, endSeconds: 20, target: 50 },
    { name: 'spike', startSeconds: 20, endSeconds: 30, target: 100 },
    { name: 'recovery', startSeconds: 30, endSeconds: 100, target: 50 },
  ]
  // Errors that are answered at once would make a lower load look better than the peak.
  const at = (second: number) =>
    second < 30
      ? { requestsPerSecond: second < 20 ? 25 * (second + 1) : 500 + 50 * (second - 20), p50Ms: 20 }
      : { requestsPerSecond: 1_000, p50Ms: 2 }
  const plan = createPlan({ phases })
  assert.deepEqual(
    throughputLimit(createFacts({ plan, series: createSeries(createTimeline(at)) })),
    [],
  )
})

test('few requests tell nothing, and one pass has no load', () => {
  const few = (second: number) => ({ requestsPerSecond: 5, p50Ms: load(second) })
  assert.deepEqual(diagnoseSeconds(few, 'closed'), [])
  assert.deepEqual(diagnoseSeconds(limitedAt(50), 'once'), [])
})
