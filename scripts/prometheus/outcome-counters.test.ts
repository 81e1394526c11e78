import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LiveRow } from '../samples/live-row.ts'
import { createOutcomeCounters } from './outcome-counters.ts'

function row(metric: string, value: number, tags: Record<string, string>): LiveRow {
  return { metric, value, endUs: 1, tag: (name) => tags[name] }
}

const ENHANCE = { scenario: 'spike', operation: 'enhance', phase: 'hold' }

test('outcomes are counted apart by what they belong to, whatever the phase', () => {
  const counters = createOutcomeCounters(['technique_accuracy'])
  const zeroShot = { ...ENHANCE, metadata: 'segment=pro&technique=zero-shot' }
  counters.add(row('technique_accuracy', 1, zeroShot))
  counters.add(row('technique_accuracy', 1, { ...zeroShot, phase: 'spike-1' }))
  counters.add(row('technique_accuracy', 0, zeroShot))

  const labels = { metric: 'technique_accuracy', scenario: 'spike', operation: 'enhance' }
  const known = { ...labels, segment: 'pro', technique: 'zero-shot' }
  const name = 'k6_outcomes_total'
  assert.deepEqual(
    counters.gauges().map(({ labels: all, value }) => ({ all, value })),
    [
      { all: { ...known, outcome: 'pass' }, value: 2 },
      { all: { ...known, outcome: 'fail' }, value: 1 },
    ],
  )
  assert.ok(counters.gauges().every((gauge) => gauge.name === name && gauge.isCounter))
})

test('requests are counted by segment, log-ins and those of setup are not', () => {
  const counters = createOutcomeCounters([])
  const request = { ...ENHANCE, name: 'POST /v1/enhance', metadata: 'segment=free' }
  counters.add(row('http_req_duration', 12, { ...request, expected_response: 'true' }))
  counters.add(row('http_req_duration', 12, { ...request, operation: 'auth' }))
  counters.add(row('http_req_duration', 12, { name: 'POST /v1/login', metadata: 'segment=free' }))
  const [only, ...rest] = counters.gauges()
  assert.deepEqual(rest, [])
  assert.equal(only?.name, 'k6_segment_requests_total')
  assert.equal(only.labels['segment'], 'free')
  assert.equal(only.value, 1)
})

test('metadata that never repeats is not made a label without end, and nothing is lost', () => {
  const counters = createOutcomeCounters(['checks'])
  for (let index = 0; index < 3_000; index++) {
    counters.add(row('checks', 1, { ...ENHANCE, metadata: `segment=user-${index}` }))
  }
  const gauges = counters.gauges()
  assert.ok(gauges.length <= 1_001, String(gauges.length))
  assert.equal(
    gauges.reduce((sum, { value }) => sum + value, 0),
    3_000,
  )
})
