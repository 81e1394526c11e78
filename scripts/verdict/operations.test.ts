// Runs without a single HTTP request, from their samples and from Prometheus, and while they go on.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RunInPrometheus } from '../indicators/from-series/run-series.ts'
import { measureSeries } from '../indicators/measure-series.ts'
import { timelineOf } from '../indicators/timeline.ts'
import { START_US, stream } from '../../tests/support/samples/live-example.ts'
import { compileAll, createPlan } from '../../tests/support/sla/example.ts'
import { judgeExample } from '../../tests/support/verdict/example-judging.ts'
import {
  asOperations,
  iterations,
  requests,
  sample,
  users,
} from '../../tests/support/verdict/example-recording.ts'
import { createStopRules } from '../stop/stop-rules.ts'

const of = 'operation'
const PLAN = { endpoints: [], operationShares: { enhance: 1 } }
const ERRORS = { indicator: 'error-ratio', limit: '< 1%', of }

function recording(status: (at: number, index: number) => number) {
  const load = requests({ from: 0, to: 100, perSecond: 20, status })
  return [...asOperations(load), ...iterations({ from: 0, to: 100, perSecond: 20 }), ...users(100)]
}

test('a run is counted and drawn by its operations', async (t) => {
  const latency = { indicator: { latency: 'p95' }, limit: '< 1s', of }
  const run = await judgeExample(t, {
    recording: recording(() => 200),
    objectives: [latency, ERRORS],
    plan: PLAN,
  })
  assert.deepEqual([run.verdict, run.traffic], ['PASS', 'operations'])
  assert.deepEqual(
    run.endpoints.map(({ endpoint, count }) => [endpoint, count]),
    [['enhance', 2_000]],
  )
  assert.equal(run.series.timeline.requestsPerSecond[50], 20)
  assert.deepEqual([run.series.errors, run.series.breakdowns], [[], []])
})

test('operations that failed are told where no objective counts them', async (t) => {
  const { verdict, reasons } = await judgeExample(t, {
    recording: recording((_, index) => (index % 3 === 0 ? 200 : 500)),
    objectives: [{ indicator: { latency: 'p95' }, limit: '< 1s', of }],
    plan: PLAN,
  })
  assert.equal(verdict, 'FAIL')
  const [found] = reasons
  assert.equal(found?.code, 'REQUESTS_FAILED')
  assert.match(found.text, /operations failed \(\d+ of enhance\).*"of": "operation"/)
})

test('operations that fail without a failed request are told beside objectives of requests', async (t) => {
  const sent = requests({ from: 0, to: 100, perSecond: 20 })
  const ended = recording(() => 200)
  const rejected = (every: number) =>
    ended.flatMap(({ at, metric }, index) =>
      metric === 'operation_duration' && index % every < 2
        ? [sample('answers_rejected', at, { tags: { reason: 'ws-silent', name: 'enhance' } })]
        : [],
    )
  const objectives = [{ indicator: 'availability', limit: '>= 90%' }]
  const all = [...sent, ...ended]
  const judge = (recorded: typeof all, more: typeof objectives = []) =>
    judgeExample(t, { recording: recorded, objectives: [...objectives, ...more], plan: PLAN })

  assert.deepEqual((await judge(all)).reasons, [])
  const { verdict, reasons } = await judge([...all, ...rejected(1)])
  assert.equal(verdict, 'FAIL')
  assert.equal(reasons[0]?.code, 'REQUESTS_FAILED')
  assert.match(reasons[0].text, /operations failed \([\d,]+ of enhance\)/)
  const some = await judge([...all, ...rejected(100)])
  assert.deepEqual([some.verdict, some.isClose], ['PASS', true])
})

test('why operations failed is told by the words of their script', async (t) => {
  const samples = recording((_, index) => (index % 4 === 0 ? 500 : 200))
  const rejections = samples.flatMap(({ at, metric, tags }, index) => {
    if (metric !== 'operation_failed' || tags['expected_response'] === 'true') return []
    const reason = index % 10 === 0 ? 'ws-silent' : 'ws-closed'
    return [sample('answers_rejected', at, { tags: { reason } })]
  })
  const { causes } = await judgeExample(t, {
    recording: [...samples, ...rejections],
    objectives: [ERRORS],
    plan: PLAN,
  })
  assert.match(causes[0]?.text ?? '', /because of ws-closed: [\d,]+ of [\d,]+ failures/)
})

test('operations that stop to end are a standstill', async (t) => {
  const samples = recording(() => 200).filter(({ at, metric }) => {
    return at < 50 || at > 60 || metric === 'vus' || metric === 'vus_max'
  })
  const { reasons } = await judgeExample(t, {
    recording: samples,
    objectives: [ERRORS],
    plan: PLAN,
  })
  assert.ok(reasons.some(({ code }) => code === 'STANDSTILL'))
})

test('failing operations stop a run, whatever its requests do', () => {
  const objectives = compileAll([{ ...ERRORS, stop: { after: '5s' } }])
  const rules = createStopRules({
    objectives,
    phases: createPlan().phases,
    startUs: () => START_US,
  })
  assert.deepEqual([...rules.metrics].sort(), ['operation_duration', 'vus'])
  const bad = { expected_response: 'false', status: undefined }
  const live = { from: 31, to: 60, perSecond: 5 }
  const rows = [
    ...stream({ ...live, metric: 'operation_duration', tags: bad }),
    ...stream({ from: 31, to: 60, perSecond: 1, metric: 'vus' }),
  ]
  for (const row of rows.sort((one, other) => one.endUs - other.endUs)) rules.add(row)
  assert.match(rules.fired()?.reason ?? '', /^error-ratio of operations 100%/)
})

test('Prometheus has the operations as histograms of their durations', () => {
  const labels = { scenario: 'load', operation: 'enhance', judged: 'yes' }
  const histogram = (count: number) => ({
    count,
    sum: count * 0.2,
    buckets: [{ lower: 0.19, upper: 0.21, count }],
  })
  const run: RunInPrometheus = {
    url: '',
    testid: 'a-run',
    processes: [],
    firstSeconds: 0,
    lastSeconds: 100,
    values: new Map(),
    generator: [],
    histograms: new Map([
      [
        'operation_duration_seconds',
        [
          { labels: { ...labels, expected_response: 'true' }, histogram: histogram(900) },
          { labels: { ...labels, expected_response: 'false' }, histogram: histogram(100) },
        ],
      ],
    ]),
  }
  const timeline = timelineOf(createPlan().phases, 0)
  const context = { run, timeline, metrics: {}, isSample: true, isWhole: true }
  const valueOf = (raw: Record<string, unknown>) => {
    const [{ objective } = assert.fail()] = compileAll([raw])
    return measureSeries(objective, context)
  }
  assert.deepEqual([valueOf(ERRORS).value, valueOf(ERRORS).samples], [0.1, 1_000])
  const p95 = valueOf({ indicator: { latency: 'p95' }, limit: '< 1s', of })
  assert.equal(p95.samples, 900)
  assert.ok(Math.abs((p95.value ?? 0) - 200) <= 10)
  assert.equal(valueOf({ ...ERRORS, of: 'request' }).samples, 0)
})
