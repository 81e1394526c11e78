import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileAll, createPlan } from '../../tests/support/sla/example.ts'
import { limitGauges } from './objective-series.ts'

const PLAN = createPlan({ endpoints: ['POST /v1/enhance'] })

function labelsOf(objective: Record<string, unknown>): Record<string, unknown> {
  const [gauge] = limitGauges(compileAll([objective], PLAN))
  assert.ok(gauge)
  assert.equal(gauge.labels['objective'], 'o-1')
  return { ...gauge.labels, objective: undefined, value: gauge.value }
}

test('limits are in seconds, ratios and per second, and their indicators as in the SLA file', () => {
  const required = { level: 'required', objective: undefined }
  assert.deepEqual(labelsOf({ indicator: { latency: 'p95' }, limit: '< 200ms' }), {
    ...required,
    ...{ indicator: 'latency:p95', unit: 'seconds', comparison: '<', value: 0.2 },
  })
  assert.deepEqual(labelsOf({ indicator: 'availability', limit: '>= 99.9%' }), {
    ...required,
    ...{ indicator: 'availability', unit: 'ratio', comparison: '>=', value: 0.999 },
  })
  assert.deepEqual(labelsOf({ indicator: { rate: 'http_reqs' }, limit: '>= 10/s' }), {
    ...required,
    ...{ indicator: 'rate:http_reqs', unit: 'per_second', comparison: '>=', value: 10 },
  })
})

test('the limit of an endpoint has its name, as the series that it is drawn over', () => {
  const where = { endpoint: 'POST /v1/enhance' }
  const labels = labelsOf({ indicator: { latency: 'p99' }, limit: '< 1s', where })
  assert.equal(labels['name'], 'POST /v1/enhance')
})
