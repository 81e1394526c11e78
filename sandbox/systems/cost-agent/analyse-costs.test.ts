import assert from 'node:assert/strict'
import { test } from 'node:test'
import { analyseCosts } from './analyse-costs.ts'
import { recommend } from './recommend.ts'

const cost = (day: number, service: string, cents: number) => ({ day, service, cents })

test('totals are sums, the dearest service comes first', () => {
  const { records, total_cents, by_service } = analyseCosts([
    cost(1, 'disk', 5),
    cost(1, 'compute', 7),
    cost(2, 'disk', 1),
  ])
  assert.deepEqual([records, total_cents], [3, 13])
  assert.deepEqual(by_service, [
    { service: 'compute', cents: 7 },
    { service: 'disk', cents: 6 },
  ])
})

test('the trend is the slope through the totals of the days, gaps between them counted', () => {
  const line = [1, 2, 4, 8].flatMap((day) => [cost(day, 'a', 10 * day), cost(day, 'b', 100)])
  assert.equal(analyseCosts(line).trend_cents_per_day, 10)
  // By hand: days 0, 1, 2 with 0, 0, 6; mean 1 and 2; (-1 * -2 + 1 * 4) / 2.
  const bent = [cost(0, 'a', 0), cost(1, 'a', 0), cost(2, 'a', 6)]
  assert.equal(analyseCosts(bent).trend_cents_per_day, 3)
  assert.equal(analyseCosts([cost(5, 'a', 9)]).trend_cents_per_day, 0)
})

test('an anomaly is a cost above three times the usual one of its service', () => {
  const usual = [1, 2, 3, 4, 5].map((day) => cost(day, 'a', 100))
  const { anomalies } = analyseCosts([...usual, cost(6, 'a', 301), cost(7, 'a', 300)])
  assert.deepEqual(anomalies, [{ day: 6, service: 'a', cents: 301, usual_cents: 100 }])
  assert.deepEqual(analyseCosts([...usual, cost(6, 'b', 9_999)]).anomalies, [])
})

test('each anomaly is to be investigated, and the dearest service committed to', () => {
  const costs = [1, 2, 3].map((day) => cost(day, 'a', 100))
  const recommendations = recommend(analyseCosts([...costs, cost(4, 'a', 500), cost(1, 'b', 7)]))
  assert.deepEqual(recommendations, [
    { action: 'investigate', service: 'a', day: 4, savings_cents: 400 },
    { action: 'commit', service: 'a', savings_cents: 160 },
  ])
})
