import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LastValue } from '../indicators/from-series/run-series.ts'
import { verdictOf } from '../report/objective-text.ts'
import {
  createRun,
  judged,
  LABELS,
  requests,
} from '../../tests/support/verdict/prometheus-series.ts'

test('a share lies between the worst and the best series, where nobody counted the values', () => {
  const rates: LastValue[] = [
    { labels: { ...LABELS, check: 'a' }, value: 1 },
    { labels: { ...LABELS, check: 'b' }, value: 0.98 },
  ]
  const values = new Map(createRun().values).set('k6_checks_rate', rates)
  const of = (limit: string, more: Map<string, LastValue[]>) =>
    judged({ indicator: { share: 'checks' }, limit }, { values: more }).objectives[0]
  assert.equal(of('>= 95%', values)?.verdict, 'PASS')
  assert.equal(of('>= 99%', values)?.verdict, 'FAIL')

  const outcome = (kind: string, value: number): LastValue => {
    return { labels: { metric: 'checks', outcome: kind }, value }
  }
  const counted = new Map(values).set('k6_outcomes_total', [
    outcome('pass', 9_990),
    outcome('fail', 10),
  ])
  assert.equal(of('>= 99%', counted)?.measured, 0.999)
  assert.equal(verdictOf(of('>= 99%', counted) ?? assert.fail()), 'PASS')
})

test('limits of 0 % and 100 % are held against the count, as those from samples are', () => {
  const counted = (fail: number): Map<string, LastValue[]> => {
    const outcome = (kind: string, value: number): LastValue => {
      return { labels: { metric: 'checks', outcome: kind }, value }
    }
    return new Map(createRun().values)
      .set('k6_http_reqs_total', requests(1_000 - fail, fail))
      .set('k6_checks_rate', [{ labels: LABELS, value: 1 - fail / 1_000 }])
      .set('k6_outcomes_total', [outcome('pass', 1_000 - fail), outcome('fail', fail)])
  }
  for (const objective of [
    { indicator: 'error-ratio', limit: '<= 0%' },
    { indicator: 'availability', limit: '>= 100%' },
    { indicator: { share: 'checks' }, limit: '>= 100%' },
  ]) {
    const of = (fail: number): string => {
      const [row] = judged(objective, { values: counted(fail) }).objectives
      return verdictOf(row ?? assert.fail())
    }
    assert.deepEqual([of(0), of(1)], ['PASS', 'FAIL'], JSON.stringify(objective))
  }
})

test('a share is that of the series which is worst for the limit, whichever way it points', () => {
  const rates: LastValue[] = [0.002, 0.03].map((value, index) => {
    return { labels: { ...LABELS, technique: String(index) }, value }
  })
  const values = new Map(createRun().values).set('k6_technique_accuracy_rate', rates)
  const of = (limit: string) =>
    judged({ indicator: { share: 'technique_accuracy' }, limit }, { values }).objectives[0]
  assert.deepEqual([of('< 1%')?.measured, of('< 1%')?.verdict], [0.03, 'FAIL'])
  assert.deepEqual([of('>= 1%')?.measured, of('>= 1%')?.verdict], [0.002, 'FAIL'])
})
