import assert from 'node:assert/strict'
import { test } from 'node:test'
import { verdictOf } from '../report/objective-text.ts'
import { reason } from '../reasons/reasons.ts'
import type { LastHistogram } from '../indicators/from-series/run-series.ts'
import { type RunVerdict } from '../verdict/judge.ts'
import { verdictText } from '../verdict/verdict.ts'
import {
  createRun,
  judged,
  LABELS,
  requests,
  SECONDS,
  START,
} from '../../tests/support/verdict/prometheus-series.ts'

function codesOf({ reasons }: RunVerdict): string[] {
  return reasons.map(({ code }) => code)
}

test('a percentile is close where its limit lies inside the bucket, and else decided', () => {
  const of = (limit: string) => judged({ indicator: { latency: 'p95' }, limit }).objectives[0]
  const text = (limit: string) => verdictOf(of(limit) ?? assert.fail())
  assert.equal(text('< 250ms'), 'PASS')
  assert.equal(text('< 206ms'), 'PASS (close)')
  assert.equal(text('< 191ms'), 'FAIL (close)')
  assert.equal(text('< 150ms'), 'FAIL')
  assert.deepEqual(of('< 200ms')?.interval, { low: 190, high: 207 })
})

test('a percentile with too few samples is missed where they suffice for that', () => {
  const few = (count: number, limit: string) => {
    const bucket = { lower: 0.1, upper: 0.109, count }
    const histogram = { count, sum: count * 0.1, buckets: [bucket] }
    const series = { labels: { ...LABELS, expected_response: 'true' }, histogram }
    const histograms = new Map([['http_req_duration_seconds', [series]]])
    return judged({ indicator: { latency: 'p95' }, limit }, { histograms })
  }
  // 200 are needed, of which 10 may be over the limit.
  const of = (count: number, limit: string) => {
    const [row] = few(count, limit).objectives
    return [row?.verdict, row?.reason?.code]
  }
  assert.deepEqual(of(11, '< 100ms'), ['FAIL', 'MISSED_BY_FEW'])
  assert.deepEqual(of(10, '< 100ms'), ['NO_DATA', 'TOO_FEW_SAMPLES'])
  assert.deepEqual(of(11, '< 105ms'), ['NO_DATA', 'TOO_FEW_SAMPLES'])
})

test('ratios, rates and counts come from the judged counters alone', () => {
  const values = new Map(createRun().values).set('k6_http_reqs_total', requests(980, 20))
  const of = (objective: Record<string, unknown>) => judged(objective, { values }).objectives[0]
  assert.equal(of({ indicator: 'error-ratio', limit: '< 1%' })?.measured, 0.02)
  assert.equal(of({ indicator: 'availability', limit: '>= 99%' })?.verdict, 'FAIL')
  assert.equal(of({ indicator: { count: 'http_reqs' }, limit: '>= 1000 total' })?.verdict, 'PASS')
  const rate = of({ indicator: { rate: 'http_reqs' }, limit: '>= 20/s' })
  assert.equal(rate?.verdict, 'FAIL')
  assert.ok(Math.abs((rate.measured ?? 0) - 1_000 / 60) < 1e-9)
})

test('what needs the samples is NO_DATA with the reason, and never passed', () => {
  for (const objective of [
    { indicator: 'recovery-time', limit: '< 5m' },
    { indicator: { drift: 'latency.p95' }, limit: '< 10%' },
    { indicator: 'delivered-load', limit: '>= 99%' },
    {
      indicator: { latency: 'p95' },
      limit: '< 250ms',
      windows: { length: '10s', violating: '<= 5%' },
    },
  ]) {
    const [result] = judged(objective).objectives
    assert.equal(result?.verdict, 'NO_DATA', JSON.stringify(objective))
    assert.equal(result.reason?.code, 'NOT_MEASURED')
    assert.match(result.reason.text, /needs the samples/)
  }
})

test('pushes that were lost, and a run without an end, are INVALID', () => {
  const objective = { indicator: 'error-ratio', limit: '< 1%' }
  const users = createRun().processes.flatMap((process) => process.users)
  const holed = users.filter(([seconds]) => seconds < START + 20 || seconds > START + 30)
  const gap = judged(objective, { processes: [{ labels: {}, users: holed }] })
  assert.equal(gap.verdict, 'INVALID')
  assert.deepEqual(codesOf(gap), ['PUSHES_LATE', 'GENERATOR_UNKNOWN'])
  assert.match(gap.reasons[0]?.text ?? '', /^Nothing arrived in Prometheus for 1[12] s of the run$/)
  assert.deepEqual(gap.wouldBe, { verdict: 'PASS', isClose: true })

  const values = new Map(createRun().values)
  values.set('k6_verdict_lost_pushes_total', [{ labels: {}, value: 3 }])
  const lost = judged(objective, { values })
  assert.equal(lost.verdict, 'INVALID')
  assert.deepEqual(lost.reasons[0], reason('PUSHES_LOST', { pushes: 3 }))

  const cut = users.slice(0, 30)
  const short = judged(objective, {
    processes: [{ labels: {}, users: cut }],
    lastSeconds: START + 29,
  })
  assert.equal(short.verdict, 'INVALID')
  assert.deepEqual(codesOf(short).slice(0, 1), ['ENDED_EARLY'])
  assert.match(short.reasons[0]?.text ?? '', /^k6 ended after 29 s of 60 s$/)
})

test('a generator of which nothing is known is said, and does not pass for a sound one', () => {
  const unknown = judged({ indicator: 'error-ratio', limit: '< 1%' })
  assert.equal(verdictText(unknown), 'PASS (close)')
  assert.deepEqual(codesOf(unknown), ['GENERATOR_UNKNOWN'])

  const busy = Array.from({ length: SECONDS }, (_, at) => {
    return { seconds: START + at + 1, k6: 0.97, others: 0.02 }
  })
  const saturated = judged({ indicator: 'error-ratio', limit: '< 1%' }, { generator: busy })
  assert.equal(saturated.verdict, 'INVALID')
  assert.equal(codesOf(saturated)[0], 'GENERATOR_CPU_SATURATED')
})

test('an endpoint that was never called is missing, unless it is optional', () => {
  const objective = { indicator: 'error-ratio', limit: '< 1%' }
  const endpoints = ['GET /x', 'GET /rare']
  const missing = judged(objective, {}, { endpoints })
  assert.equal(missing.verdict, 'NO_DATA')
  assert.deepEqual(missing.reasons[0], reason('ENDPOINT_NEVER_CALLED', { endpoint: 'GET /rare' }))

  const optional = judged(objective, {}, { endpoints, optionalEndpoints: ['GET /rare'] })
  assert.deepEqual(codesOf(optional), ['GENERATOR_UNKNOWN'])
})

/** Operations of a run without HTTP, by their histograms. */
function operations(name: string, [good, bad]: [number, number], region = 'eu'): LastHistogram[] {
  const of = (count: number, expected_response: string): LastHistogram => {
    const bucket = { lower: 0.1, upper: 0.109, count }
    const labels = { ...LABELS, name: '', operation: name, region, expected_response }
    return { labels, histogram: { count, sum: count * 0.1, buckets: [bucket] } }
  }
  return [of(good, 'true'), of(bad, 'false')]
}

test('a run without HTTP has a table of its operations, those that never ran included', () => {
  const series = [...operations('enhance', [540, 60]), ...operations('chat', [300, 0], 'us')]
  const part = {
    values: new Map([...createRun().values].filter(([name]) => !name.includes('http'))),
    histograms: new Map([['operation_duration_seconds', series]]),
  }
  const operationShares = { enhance: 0.5, chat: 0.4, export: 0.1 }
  const plan = { endpoints: [], regions: ['eu', 'us'], operationShares }
  const file = judged({ indicator: 'error-ratio', limit: '< 1%', of: 'operation' }, part, plan)

  assert.equal(file.traffic, 'operations')
  const [enhance] = file.endpoints
  assert.deepEqual(
    file.endpoints.map(({ endpoint, count, errors }) => [endpoint, count, errors]),
    [
      ['enhance', 600, 60],
      ['chat', 300, 0],
      ['export', 0, 0],
    ],
  )
  assert.equal(enhance?.errorRatio, 0.1)
  assert.equal(enhance.ratePerSecond, 600 / SECONDS)
  assert.ok((enhance.p95Ms ?? 0) >= 100 && (enhance.p95Ms ?? 0) <= 109, `${enhance.p95Ms} ms`)
  const [regions] = file.series.breakdowns
  assert.deepEqual(
    regions?.rows.map(({ endpoint, count }) => [endpoint, count]),
    [
      ['eu', 600],
      ['us', 300],
    ],
  )
})

test('a run with requests is counted in requests', () => {
  const histograms = new Map(createRun().histograms)
  histograms.set('operation_duration_seconds', operations('enhance', [400, 0]))
  const file = judged({ indicator: 'error-ratio', limit: '< 1%' }, { histograms })

  assert.equal(file.traffic, undefined)
  assert.deepEqual(
    file.endpoints.map(({ endpoint, count }) => [endpoint, count]),
    [['GET /x', 1_000]],
  )
})
