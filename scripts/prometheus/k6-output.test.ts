import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { k6Environment } from '../k6/environment.ts'
import { k6Output, pushIntervalSeconds } from './k6-output.ts'

test('a short run pushes every second, any other every five', () => {
  assert.equal(pushIntervalSeconds(119), 1)
  assert.equal(pushIntervalSeconds(120), 5)
})

test('histograms are native by configuration, never by the flag that tags every sample', () => {
  const url = 'http://127.0.0.1:9090/api/v1/write'
  const { env, configFile } = k6Output({ url, intervalSeconds: 5, native: true })
  const text = readFileSync(configFile, 'utf8')
  assert.match(text, /"trendAsNativeHistogram": true/)
  assert.equal(env['K6_PROMETHEUS_RW_TREND_STATS'], undefined)
  const user = {
    K6_PROMETHEUS_RW_TREND_AS_NATIVE_HISTOGRAM: 'true',
    K6_FEATURES: 'native-histograms',
  }
  const spawned = k6Environment({ env: user, totalMemoryBytes: 1e9 })
  for (const name of Object.keys(user)) assert.equal(spawned[name], undefined, name)
})

test('without them every statistic that a dashboard shows is a series', () => {
  const { env } = k6Output({ url: 'http://h/w', intervalSeconds: 1, native: false })
  for (const statistic of ['p(50)', 'p(95)', 'p(99)', 'avg', 'count']) {
    assert.ok(env['K6_PROMETHEUS_RW_TREND_STATS']?.includes(statistic), statistic)
  }
})
