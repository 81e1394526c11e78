import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  eventQueries,
  panelQueries,
  variableSelectors,
} from '../../tests/support/grafana/board-queries.ts'
import { lintQuery } from '../../tests/support/grafana/query-lint.ts'

const BAD: Record<string, string> = {
  'sum(irate(k6_http_reqs_total[$__rate_interval]))': 'irate',
  'sum(increase(k6_http_reqs_total[$__range]))': 'increase',
  'avg(k6_http_req_failed_rate{testid=~"$testid"})': '*_rate gauge',
  'avg(k6_http_req_duration_p95{testid=~"$testid"})': 'average of percentiles',
  'avg by (name) (k6_http_req_duration_p95)': 'average of percentiles',
  'avg(histogram_quantile(0.95, sum by (name) (rate(x[$__rate_interval]))))':
    'average of percentiles',
  'sum(k6_http_req_duration_p95)': 'neither added nor averaged',
  'sum(last_over_time(k6_http_req_duration_seconds{name="x"}[$__range]))': 'no *_over_time',
  'sum(rate(k6_http_reqs_total[1m]))': 'fixed window',
  'sum by (endpoint) (rate(k6_http_reqs_total[$__rate_interval]))':
    'endpoint is a label of no series',
  'sum(k6_vus{run="x"})': 'run is a label of no series',
}

for (const [expr, fault] of Object.entries(BAD)) {
  test(`the lint refuses ${expr}`, () => {
    assert.ok(
      lintQuery(expr).some((found) => found.includes(fault)),
      `found ${JSON.stringify(lintQuery(expr))}`,
    )
  })
}

test('no query of a board breaks a rule', () => {
  const faults = [...panelQueries(), ...eventQueries, ...variableSelectors()].flatMap(
    ({ name, expr }) => lintQuery(expr).map((fault) => `${name}: ${fault}`),
  )
  assert.deepEqual(faults, [])
})
