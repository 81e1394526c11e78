import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exampleVerdictFile } from '../../../tests/support/report-html/example-verdict-file.ts'
import { latencyLimits } from './panels.ts'

test('the chart of all latencies has the limits of all of them, and not that of one endpoint', () => {
  const { objectives } = exampleVerdictFile()
  const row = objectives.find(({ id }) => id === 'latency-p95')
  assert.ok(row)
  const ofOne = { ...row, id: 'login-p95', isPart: true, limit: '< 1s', bound: 1_000 }

  const labels = latencyLimits({ objectives: [row, ofOne] }).map(({ label }) => label)
  assert.deepEqual(labels, ['p95 < 100ms'])
})
