// k6's summary, the recording and Prometheus must tell the same of one run.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { openDatabase } from '../scripts/samples/sample-database.ts'
import { readSummary } from '../scripts/verdict/facts/read-summary.ts'
import { realK6 } from './k6.ts'
import { skipWithoutPrometheus, startPrometheus, type TestPrometheus } from './start-prometheus.ts'
import { startStream, type StreamedRun } from './streamed-run.ts'

const ARGS = ['api-mix', '--rate', '200', '--duration', '15s', '--time-scale', '0.02']

/** Fewer do not pin a 95th percentile down to a bucket of a histogram. */
const SAMPLES_MIN = 200

interface Exact {
  name: string
  requests: number
  p95Ms: number
  /** Half a percent of the requests below and above it. */
  nearMs: [number, number]
}

describe('a run that streams', { skip: skipWithoutPrometheus() }, () => {
  let prometheus: TestPrometheus
  let run: StreamedRun
  let exact: Exact[]
  let all: Exact
  let lastMs: number

  before(async () => {
    const { path: K6_BIN } = await realK6()
    prometheus = await startPrometheus()
    run = await (await startStream(ARGS, prometheus.url, { env: { K6_BIN } })).ended
    const { folder } = run
    const database = await openDatabase({ temporaryFolder: folder })
    const durations = `FROM '${join(folder, 'samples.parquet')}' WHERE metric = 'http_req_duration'`
    const facts = `count(*) AS requests, quantile_cont(value, 0.95) AS p95Ms,
  quantile_cont(value, [0.945, 0.955]) AS nearMs`
    exact = await database.rows(`SELECT name, ${facts} ${durations} GROUP BY name`)
    const [whole] = await database.rows<Exact>(`SELECT '' AS name, ${facts} ${durations}`)
    const [last] = await database.rows<{ us: number }>(`SELECT max(end_us) AS us ${durations}`)
    database.close()
    assert.ok(whole && last)
    all = whole
    // The histograms as k6 pushed them last: a moment later they are marked as stale.
    lastMs = Math.ceil(last.us / 1_000)
  })
  after(() => prometheus.close())

  test('has as many requests in all three, to the last one', async () => {
    const summary = await readSummary(join(run.folder, 'summary.json'))
    const pushed = await prometheus.valueOf('sum(max_over_time(k6_http_reqs_total[10m]))')
    const histogram = await prometheus.valueOf(
      'histogram_count(sum(k6_http_req_duration_seconds))',
      lastMs,
    )

    assert.equal(summary.metrics['http_reqs']?.values['count'], all.requests)
    assert.equal(pushed, all.requests)
    assert.equal(histogram, all.requests)
    for (const { name, requests } of exact) {
      const query = `sum(max_over_time(k6_http_reqs_total{name="${name}"}[10m]))`
      assert.equal(await prometheus.valueOf(query), requests, name)
    }
  })

  test('has the same 95th percentile to 5 %, for every endpoint too', async () => {
    const summary = await readSummary(join(run.folder, 'summary.json'))
    const k6 = summary.metrics['http_req_duration']?.values['p(95)'] ?? NaN
    assert.ok(Math.abs(k6 - all.p95Ms) < 1e-3 * k6, `${k6} and ${all.p95Ms}`)

    const compared = [all, ...exact.filter(({ requests }) => requests >= SAMPLES_MIN)]
    assert.ok(compared.length >= 3, JSON.stringify(exact))
    for (const { name, p95Ms, nearMs } of compared) {
      const selector = name === '' ? '' : `{name="${name}"}`
      const query = `histogram_quantile(0.95, sum(k6_http_req_duration_seconds${selector}))`
      const found = (await prometheus.valueOf(query, lastMs)) * 1_000
      // Of some hundred samples the next one in rank may be further away than a bucket is wide.
      const [low, high] = name === '' ? [p95Ms, p95Ms] : nearMs
      const told = `${name}: ${found} ms in Prometheus, ${p95Ms} ms exactly`
      assert.ok(found > 0.95 * low && found < 1.05 * high, told)
    }
  })

  test('has the labels that dashboards and rules are made of, and none of the flag', async () => {
    const [series] = await prometheus.query(
      'max_over_time(k6_http_reqs_total{phase="hold",operation="enhance"}[10m])',
    )
    const { id } = run.verdict.run
    assert.ok(series)
    const { metric } = series
    const known = { testid: id, workload: 'better-prompts', instance: '0', judged: 'yes' }
    for (const [name, value] of Object.entries(known)) assert.equal(metric[name], value, name)
    for (const name of ['scenario', 'operation', 'name', 'status', 'expected_response']) {
      assert.ok(metric[name], name)
    }
    assert.equal(metric['k6_feature_native_histograms'], undefined)
    assert.ok(!run.verdict.samples.columns.includes('k6_feature_native_histograms'))
  })

  test('has at most 200 series for each endpoint', async () => {
    const names = (await prometheus.get('label/name/values')) as string[]
    assert.ok(names.length >= 3)
    for (const name of names) {
      const parameters = { 'match[]': `{name="${name}"}` }
      const series = (await prometheus.get('series', parameters)) as unknown[]
      assert.ok(series.length <= 200, `${name}: ${series.length}`)
    }
  })

  test('counts outcomes by technique and segment as they were recorded', async () => {
    const outcomes = await prometheus.query(
      'sum by (metric, outcome) (max_over_time(k6_outcomes_total[10m]))',
    )
    const summary = await readSummary(join(run.folder, 'summary.json'))
    for (const { metric, value } of outcomes) {
      const { passes = 0, fails = 0 } = summary.metrics[metric['metric'] ?? '']?.values ?? {}
      assert.equal(value, metric['outcome'] === 'pass' ? passes : fails, JSON.stringify(metric))
    }
    const techniques = await prometheus.query(
      'count by (technique) (max_over_time(k6_outcomes_total{metric="technique_accuracy"}[10m]))',
    )
    assert.equal(techniques.length, 10)
    assert.ok(techniques.every(({ metric }) => metric['technique']))
    const segments = await prometheus.query(
      'sum by (segment) (max_over_time(k6_segment_requests_total[10m]))',
    )
    assert.deepEqual(segments.map(({ metric }) => metric['segment']).sort(), [
      'enterprise',
      'free',
      'pro',
    ])
  })

  test('leaves its verdict and every value there, as in verdict.json', async () => {
    const { verdict, objectives, run: of } = run.verdict
    const selector = `{testid="${of.id}",run_scenario="api-mix"}`
    const [verdictSeries] = await prometheus.query(`k6_verdict_run_verdict${selector}`)
    assert.equal(verdictSeries?.metric['verdict'], verdict)
    const values = await prometheus.query(`k6_verdict_objective_value${selector}`)
    const judged = objectives.filter(({ measured }) => measured !== undefined)
    assert.equal(values.length, judged.length)
    for (const { id, measured = NaN, unit } of judged) {
      const found = values.find(({ metric }) => metric['objective'] === id)
      assert.equal(found?.value, unit === 'ms' ? measured / 1_000 : measured, id)
    }
    const verdicts = await prometheus.query(`k6_verdict_objective_verdict${selector}`)
    for (const { metric } of verdicts) {
      const objective = objectives.find(({ id }) => id === metric['objective'])
      assert.equal(metric['verdict'], objective?.verdict)
    }
    assert.equal(
      verdicts.length,
      objectives.filter((row) => row.verdict !== 'not in this run').length,
    )
  })

  test('says its phases, limits and load while it runs, and nothing of them afterwards', async () => {
    const phases = await prometheus.query('count_over_time(k6_verdict_phase[10m])')
    const planned = run.verdict.run.phases?.map(({ name }) => name) ?? []
    assert.deepEqual(phases.map(({ metric }) => metric['phase']).sort(), [...planned].sort())
    const limit = await prometheus.valueOf(
      'max_over_time(k6_verdict_objective_limit{objective="latency-p95"}[10m])',
    )
    assert.equal(limit, 0.2)
    const rate = 'max_over_time(k6_verdict_planned_iterations_per_second[10m])'
    assert.equal(await prometheus.valueOf(rate), 200)
    for (const live of ['phase', 'run_info', 'objective_limit', 'run_elapsed_seconds']) {
      assert.deepEqual(await prometheus.query(`k6_verdict_${live}`), [], live)
    }
    assert.deepEqual(await prometheus.query('k6_vus'), [])
  })

  test('lost nothing, and says nothing of it', () => {
    const { prometheus: pushes } = run.verdict
    assert.equal(pushes?.lost, 0)
    assert.equal(pushes.url, prometheus.writeUrl)
    assert.ok(pushes.due > 20)
    assert.doesNotMatch(run.stdout, /pushes lost/)
  })
})
