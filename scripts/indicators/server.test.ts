import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { problemsOf } from '../../tests/support/sla/example.ts'

const MEMORY = 'process_resident_memory_bytes'
const CPU = 'process_cpu_seconds_total'
const PEAK = { indicator: { server: MEMORY, statistic: 'max' }, limit: '< 200MB' }

describe('in an SLA file', () => {
  test('the name of the metric says the unit of the limit', () => {
    const fits: [server: string, statistic: string, limit: string][] = [
      [MEMORY, 'growth', '< 50MB'],
      [CPU, 'max-rate', '< 80%'],
      ['http_requests_total', 'rate', '>= 5/s'],
      ['http_requests_total', 'growth', '< 100 total'],
      ['node_network_receive_bytes_total', 'rate', '< 5MB/s'],
      ['nodejs_eventloop_lag_p99_seconds', 'max', '< 50ms'],
      ['cache_hit_ratio', 'min', '> 90%'],
      ['queue_depth', 'max', '< 10 units'],
    ]
    for (const [server, statistic, limit] of fits) {
      assert.deepEqual(problemsOf({ indicator: { server, statistic }, limit }), [], server)
    }
  })

  test('a wrong field is said with all that there are', () => {
    const [problem] = problemsOf({ indicator: { server: CPU, statistic: 'p95' }, limit: '< 5%' })
    assert.match(
      problem?.hint ?? '',
      /"statistic" \(max, min, mean, last, growth, rate, max-rate\)/,
    )
    const [without] = problemsOf({ indicator: { server: CPU }, limit: '< 5%' })
    assert.match(without?.hint ?? '', /It needs "server" and "statistic"/)
  })

  test('k6 tags, windows and phases of an idle target are refused', () => {
    const endpoint = { ...PEAK, where: { endpoint: 'POST /v1/enhance' } }
    const idle = { ...PEAK, indicator: { ...PEAK.indicator, when: 'idle' }, phases: ['hold'] }
    assert.deepEqual(placesOf(endpoint), ['objectives[0].where.endpoint'])
    assert.deepEqual(placesOf({ ...PEAK, each: 'operation' }), ['objectives[0].each'])
    assert.deepEqual(placesOf(idle), ['objectives[0].phases'])
    assert.deepEqual(placesOf({ ...PEAK, each: 'region' }), [])
  })
})

function placesOf(raw: Record<string, unknown>): string[] {
  return problemsOf(raw).map(({ path }) => path)
}
