import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test, type TestContext } from 'node:test'
import { runFolder } from '../run-folder/run-folder.ts'
import { publishedRun } from './plan-of-run.ts'
import { prometheusApi, type RawSeries } from '../prometheus/prometheus-api.ts'

const START = 1_800_000_000
const TESTID = '20261121-084801-load-7f3a'

/** A Prometheus that has these series of the run. */
async function apiOf(t: TestContext, result: RawSeries[]) {
  const server = createServer((_, response) => {
    response.end(JSON.stringify({ status: 'success', data: { resultType: 'matrix', result } }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  return prometheusApi(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, {})
}

function series(
  name: string,
  values: [at: number, value: number][],
  labels: Record<string, string> = {},
): RawSeries {
  return {
    metric: { __name__: `k6_verdict_${name}`, ...labels },
    values: values.map(([at, value]) => [START + at, String(value)]),
  }
}

/** Pushes of every five seconds, both ends included. */
function pushes(from: number, to: number, value: (at: number) => number): [number, number][] {
  return Array.from({ length: (to - from) / 5 + 1 }, (_, index) => {
    const at = from + 5 * index
    return [at, value(at)]
  })
}

test('a plan that was published has the load of each phase, not the highest of all', async (t) => {
  const one = (): number => 1
  const planned = (at: number): number =>
    at < 30 ? (at * 100) / 30 : at < 90 ? 100 : Math.max(0, 100 - (at - 90) * 10)
  const api = await apiOf(t, [
    series('run_info', [[0, 1]], { workload: 'better-prompts', run_scenario: 'load' }),
    series('run_start_timestamp_seconds', [[0, START]]),
    series('run_end_timestamp_seconds', [[100, START + 100]]),
    series('phase', pushes(0, 25, one), { phase: 'ramp-up' }),
    series('phase', pushes(30, 85, one), { phase: 'hold' }),
    series('phase', pushes(90, 100, one), { phase: 'ramp-down' }),
    series('planned_users', pushes(0, 100, planned)),
  ])
  const which = {
    testid: TESTID,
    folder: runFolder(TESTID, {}),
    sla: undefined,
    workload: undefined,
  }
  const lookout = { fromSeconds: START - 600, toSeconds: START + 700 }

  const { plan } = await publishedRun(api, which, lookout)
  assert.deepEqual(
    plan.phases.map(({ name, startSeconds, endSeconds, target }) => {
      return [name, startSeconds, endSeconds, Math.round(target)]
    }),
    [
      ['ramp-up', 0, 30, 83],
      ['hold', 30, 90, 100],
      ['ramp-down', 90, 100, 0],
    ],
  )
  assert.equal(plan.target, 100)
})
