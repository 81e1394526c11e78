import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRuns } from '../../tests/support/history/example-history.ts'
import { objectiveTrends } from './objective-trend.ts'
import { trendChart } from './trend-chart.ts'
import type { ObjectiveRecord } from './run-record.ts'

function chart(values: number[], objective: Partial<ObjectiveRecord> = {}): string {
  const [trend] = objectiveTrends(createRuns(values, objective))
  assert.ok(trend)
  return trendChart(trend).text
}

test('a chart says in words what it shows', () => {
  assert.match(
    chart([100, 150]),
    /aria-label="latency-p95 over 2 runs, limit &lt; 200ms, latest 150 ms"/,
  )
})

test('from zero to the limit: half of the limit is half of the height', () => {
  const text = chart([100, 100])
  assert.match(text, /class="limit" d="M0 8H320"/)
  assert.match(text, /class="line" d="M8 45L312 45"/)
})

test('a limit that is far away is reported in words', () => {
  assert.match(chart([10, 10]), /limit &lt; 200ms, outside/)
  assert.doesNotMatch(chart([60, 60]), /outside/)
})

test('each verdict has a shape of its own', () => {
  assert.match(chart([250], { verdict: 'FAIL' }), /class="cross" d="M160/)
  assert.match(chart([199], { verdict: 'MARGINAL' }), /class="near" d="M160/)
  assert.match(chart([100]), /class="dots" d="M160/)
})

test('no value makes a number that is none', () => {
  const ratio = { limit: '>= 99.9%', bound: 0.999, unit: 'ratio' as const }
  for (const text of [
    chart([0, 0]),
    chart([1, 1], ratio),
    chart([0.999], ratio),
    chart([-1, -2]),
  ]) {
    assert.doesNotMatch(text, /NaN|Infinity/)
  }
})
