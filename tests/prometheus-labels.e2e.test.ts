import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startSandbox } from '../scripts/plan/sandbox-process.ts'
import { realK6 } from './k6.ts'
import { skipWithoutPrometheus, startPrometheus } from './start-prometheus.ts'
import { startStream } from './streamed-run.ts'

const NOTE = 'a "quoted" {brace="x"}, a back\\slash, ünï¢ødé 全部, and\na line'
const OPERATION = 'say "hi" {to} 全部'
const FIXTURE = 'tests/fixtures/hostile-labels'

test(
  'labels with quotes, braces, lines and unicode arrive as they were given',
  { skip: skipWithoutPrometheus() },
  async (context) => {
    const { path: K6_BIN } = await realK6()
    const sandbox = await startSandbox()
    context.after(sandbox.stop)
    const prometheus = await startPrometheus()
    context.after(prometheus.close)
    const of = ['--workload', FIXTURE, '--sla', `${FIXTURE}/sla.json`, '--target', sandbox.url]
    const load = ['--users', '2', '--duration', '3s', '--time-scale', '0.001']
    const { ended } = await startStream(['sustained', ...of, ...load], prometheus.url, {
      env: { K6_BIN },
    })
    const { verdict } = await ended
    const only = async (query: string): Promise<Record<string, string>> => {
      const series = await prometheus.query(`max_over_time(${query}[10m])`)
      assert.equal(series.length, 1, `${query}: ${JSON.stringify(series)}`)
      return series[0]?.metric ?? {}
    }
    const request = await only('k6_http_reqs_total{phase="hold"}')
    const outcome = await only('k6_outcomes_total{metric="checks"}')

    assert.equal(request['note'], NOTE)
    assert.equal(request['operation'], OPERATION)
    assert.equal(outcome['check'], NOTE)
    assert.equal(outcome['operation'], OPERATION)
    assert.equal(verdict.prometheus?.lost, 0)
  },
)
