import assert from 'node:assert/strict'
import { test } from 'node:test'
import { K6_METRICS } from '../../tests/support/run/generator-example.ts'
import { parseK6Metrics } from './generator-request.ts'

test('what k6 tells of itself is read from its own text', () => {
  assert.deepEqual(parseK6Metrics(K6_METRICS), {
    cpuSeconds: 0.05,
    memoryBytes: 38_289_408,
    memoryLimitBytes: 314_572_800,
    threadsMax: 2,
    collections: 3,
    pauseSeconds: 0.00055303,
    allocatedBytes: 8_720_088,
  })
})

test("Go's largest number is no memory limit", () => {
  const text = K6_METRICS.replace('3.145728e+08', '9.223372036854776e+18')

  assert.equal(parseK6Metrics(text)?.memoryLimitBytes, undefined)
})

test('a figure that is missing is left out, and without CPU time there is none', () => {
  assert.deepEqual(parseK6Metrics('process_cpu_seconds_total 1.5\n'), { cpuSeconds: 1.5 })
  for (const text of ['', 'ok', '<html>', 'process_cpu_seconds_total NaN', 'k6_vus 5']) {
    assert.equal(parseK6Metrics(text), undefined)
  }
})
