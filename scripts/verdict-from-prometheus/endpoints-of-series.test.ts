import assert from 'node:assert/strict'
import { test } from 'node:test'
import { regionsOf } from './endpoints-of-series.ts'
import type { LastValue, RunInPrometheus } from '../indicators/from-series/run-series.ts'

const USER = { scenario: 'geo', testid: 'run', judged: 'yes', phase: 'hold', name: 'GET /x' }

function requestsOf(region: string, good: number, bad: number): LastValue[] {
  return [
    { labels: { ...USER, region, expected_response: 'true' }, value: good },
    { labels: { ...USER, region, expected_response: 'false' }, value: bad },
  ]
}

function durationsOf(region: string, seconds: number) {
  const buckets = [{ lower: seconds, upper: seconds * 1.09, count: 100 }]
  const histogram = { count: 100, sum: 100 * seconds, buckets }
  return { labels: { ...USER, region, expected_response: 'true' }, histogram }
}

const run: RunInPrometheus = {
  url: 'http://127.0.0.1:9090',
  testid: 'run',
  processes: [],
  firstSeconds: 0,
  lastSeconds: 10,
  values: new Map([
    ['k6_http_reqs_total', [...requestsOf('us-east', 100, 0), ...requestsOf('eu-west', 90, 10)]],
  ]),
  histograms: new Map([
    ['http_req_duration_seconds', [durationsOf('us-east', 0.02), durationsOf('eu-west', 0.08)]],
  ]),
  generator: [],
}

test('the series of a run are compared by region, in the order of the plan', () => {
  const [ap, us, eu] = regionsOf(run, ['ap-south', 'us-east', 'eu-west'], {
    seconds: 10,
    traffic: 'requests',
  })

  assert.deepEqual([ap?.endpoint, ap?.count, ap?.p50Ms], ['ap-south', 0, undefined])
  assert.deepEqual([us?.endpoint, us?.count, us?.ratePerSecond], ['us-east', 100, 10])
  assert.deepEqual([eu?.errors, eu?.errorRatio], [10, 0.1])
  const between = (ms: number | undefined, low: number): boolean =>
    ms !== undefined && ms >= low && ms <= low * 1.09
  assert.ok(between(us?.p95Ms, 20), `${us?.p95Ms} ms`)
  assert.ok(between(eu?.p50Ms, 80), `${eu?.p50Ms} ms`)
})

test('a run without regions has no rows of them', () => {
  assert.deepEqual(regionsOf(run, [], { seconds: 10, traffic: 'requests' }), [])
})
