// Every query of the boards against a real Prometheus that two real runs have filled.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { eventQueries, panelQueries, variableSelectors } from './support/grafana/board-queries.ts'
import { withoutMacros } from './support/grafana/macros.ts'
import { type RunningSandbox, startSandbox } from '../scripts/plan/sandbox-process.ts'
import { readSummary } from '../scripts/verdict/facts/read-summary.ts'
import { realK6 } from './k6.ts'
import { WITHOUT_SUBJECT } from './queries-without-subject.ts'
import { skipWithoutPrometheus, startPrometheus, type TestPrometheus } from './start-prometheus.ts'
import { startStream, type StreamedRun } from './streamed-run.ts'

const SHORT = ['--duration', '18s', '--time-scale', '0.02']

/** Since the later run's load began. */
const LIVE_SECONDS = [6, 10, 14, 18]

/** Users in three regions, and a planned rate: so there is something of everything, and two runs. */
const REGIONS = ['geo-distributed', '--users', '25', ...SHORT]
const RATE = ['api-mix', '--rate', '20', ...SHORT]

/** So few places that some prompts are refused: failures are a subject, too. */
const NARROW = { SANDBOX_MODEL_CONCURRENCY: '2', SANDBOX_MODEL_QUEUE_MAX: '2' }

describe('the boards of two runs', { skip: skipWithoutPrometheus() }, () => {
  let prometheus: TestPrometheus
  let sandbox: RunningSandbox
  let runs: StreamedRun[]
  let moments: number[]

  before(async () => {
    const { path: K6_BIN } = await realK6()
    sandbox = await startNarrowSandbox()
    prometheus = await startPrometheus({ config: scraping(sandbox.url) })
    runs = await Promise.all(
      [REGIONS, RATE].map(async (args) => {
        const target = [...args, '--target', sandbox.url]
        return (await startStream(target, prometheus.url, { env: { K6_BIN } })).ended
      }),
    )
    const loadStart = 'max(last_over_time(k6_verdict_run_start_timestamp_seconds[10m]))'
    const startMs = (await prometheus.valueOf(loadStart)) * 1_000
    // While both loads run (on a busy machine one begins later), and when both runs are judged.
    const live = LIVE_SECONDS.map((seconds) => startMs + seconds * 1_000)
    moments = [...live, Date.now()]
  })
  after(async () => {
    await prometheus.close()
    await sandbox.stop()
  })

  test('have an answer to every query whose subject there is, and to no other', async () => {
    const empty: string[] = []
    for (const { name, expr } of [...panelQueries(), ...eventQueries, ...variableSelectors()]) {
      if (!(await hasAnswer(expr))) empty.push(name)
    }
    assert.deepEqual(empty.sort(), Object.keys(WITHOUT_SUBJECT).sort())
  })

  test('show the exact number of requests, of one run or of both', async () => {
    const counts = await Promise.all(
      runs.map(async ({ folder }) => {
        const { metrics } = await readSummary(join(folder, 'summary.json'))
        return metrics['http_reqs']?.values['count'] ?? NaN
      }),
    )
    const [first = NaN, second = NaN] = counts
    assert.equal(await shown('run-overview / Requests / A', { testid: idOf(0) }), first)
    assert.equal(await shown('run-overview / Requests / A', { testid: idOf(1) }), second)
    assert.equal(await shown('run-overview / Requests / A', {}), first + second)
  })

  test('show less through a filter, and the sum of its values through several', async () => {
    const testid = idOf(0)
    const requests = (more: Record<string, string>) =>
      shown('run-overview / Requests / A', { testid, ...more })
    const all = await requests({})
    for (const [variable, values] of Object.entries({
      region: ['us-east', 'eu-west', 'ap-south'],
      endpoint: ['POST /v1/enhance', 'POST /v1/batch', 'GET /v1/history'],
    })) {
      const parts = await Promise.all(values.map((value) => requests({ [variable]: value })))
      assert.ok(
        parts.every((part) => part > 0 && part < all),
        `${variable}: ${parts.join(', ')}`,
      )
      const sum = parts.reduce((total, part) => total + part)
      assert.equal(await requests({ [variable]: values.join('|') }), sum)
    }
  })

  test('align two runs at their start', async () => {
    const both = runs.map((_, index) => idOf(index)).sort()
    for (const refId of ['A', 'B']) {
      const query = withoutMacros(exprOf(`run-history / p95 / ${refId}`), WINDOWS)
      const found = await Promise.all(moments.map((moment) => prometheus.query(query, moment)))
      const ids = found.map((series) => series.map(({ metric }) => metric['testid'] ?? '').sort())
      assert.ok(
        ids.some((some) => some.join() === both.join()),
        JSON.stringify(ids),
      )
    }
  })

  const idOf = (index: number): string => runs[index]?.verdict.run.id ?? ''

  async function shown(name: string, variables: Record<string, string>): Promise<number> {
    const asked = withoutMacros(exprOf(name), { ...WINDOWS, variables })
    const [series] = await prometheus.query(asked)
    return series?.value ?? 0
  }

  async function hasAnswer(expr: string): Promise<boolean> {
    for (const moment of moments) {
      const series = await prometheus.query(withoutMacros(expr, WINDOWS), moment)
      // A native histogram has no single value.
      if (series.some(({ value }) => value === undefined || Number.isFinite(value))) return true
    }
    return false
  }
})

/** Windows as Grafana's for a board of 10 minutes; `interval` also holds what was pushed at the end. */
const WINDOWS = { rateInterval: '20s', range: '10m', interval: '10m' }

function exprOf(name: string): string {
  const found = panelQueries().find((query) => query.name === name)
  assert.ok(found, name)
  return found.expr
}

async function startNarrowSandbox(): Promise<RunningSandbox> {
  Object.assign(process.env, NARROW)
  try {
    return await startSandbox()
  } finally {
    for (const name of Object.keys(NARROW)) Reflect.deleteProperty(process.env, name)
  }
}

function scraping(sandboxUrl: string): string {
  const job = { job_name: 'sandbox', static_configs: [{ targets: [new URL(sandboxUrl).host] }] }
  return JSON.stringify({ global: { scrape_interval: '1s' }, scrape_configs: [job] })
}
