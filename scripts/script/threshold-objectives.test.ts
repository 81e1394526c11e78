import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { selectorOf } from './parse-threshold.ts'
import { thresholdObjectives } from './threshold-objectives.ts'

function read(metric: string, source: string, types = {}) {
  const [found] = thresholdObjectives({ [metric]: [source] }, types)
  if (!found) return undefined
  const { indicator, limit } = found.objective
  return [indicator, `${limit.operator} ${limit.value} ${limit.unit}`, found.threshold?.aggregate]
}

describe('a threshold of k6', () => {
  const cases: [metric: string, source: string, read: unknown[], types?: object][] = [
    [
      'http_req_duration',
      'p(95)<200',
      [{ kind: 'statistic', metric: 'http_req_duration', statistic: 95 }, '< 200 ms', 'p(95)'],
    ],
    [
      'http_req_duration{name:a}',
      ' p( 99.9 ) <= 2e3 ',
      [
        { kind: 'statistic', metric: 'http_req_duration', statistic: 99.9 },
        '<= 2000 ms',
        'p(99.9)',
      ],
    ],
    ['checks', 'rate>0.9', [{ kind: 'share', metric: 'checks' }, '> 0.9 ratio', 'rate']],
    ['http_reqs', 'rate>=10', [{ kind: 'rate', metric: 'http_reqs' }, '>= 10 /s', 'rate']],
    [
      'mine',
      'rate>=10',
      [{ kind: 'rate', metric: 'mine' }, '>= 10 /s', 'rate'],
      { mine: 'counter' },
    ],
    ['mine', 'rate>=0.5', [{ kind: 'share', metric: 'mine' }, '>= 0.5 ratio', 'rate']],
    ['mine', 'med<5', [{ kind: 'statistic', metric: 'mine', statistic: 50 }, '< 5 units', 'med']],
    [
      'vus',
      'value>3',
      [{ kind: 'statistic', metric: 'vus', statistic: 'max' }, '> 3 units', 'value'],
    ],
    ['data_sent', 'count<9', [{ kind: 'count', metric: 'data_sent' }, '< 9 bytes', 'count']],
  ]
  for (const [metric, source, expected, types] of cases) {
    test(`${metric}: ${source}`, () => assert.deepEqual(read(metric, source, types), expected))
  }

  test('is exact where k6 compares for equality', () => {
    const sources = ['count==4', 'count===4', 'count!=4', 'count<=4']
    const exact = thresholdObjectives({ http_reqs: sources }).map(
      ({ threshold }) => threshold?.isExact ?? false,
    )
    assert.deepEqual(exact, [true, true, true, false])
  })

  test('may end the run', () => {
    const thresholds = { checks: [{ threshold: 'rate>0.5', abortOnFail: true }] }
    assert.equal(thresholdObjectives(thresholds)[0]?.threshold?.abortsRun, true)
  })
})

test('a selector is read as k6 reads it', () => {
  assert.deepEqual(selectorOf('http_reqs{ group : ::a::b, name:"http://h:80/x" }'), {
    base: 'http_reqs',
    tags: { group: '::a::b', name: 'http://h:80/x' },
  })
  assert.deepEqual(selectorOf('http_reqs'), { base: 'http_reqs', tags: {} })
})

test('a secret in the URL of a selector is in no name of an objective', () => {
  const metric = 'http_reqs{name:http://h/a?key=planted}'
  const [found] = thresholdObjectives({ [metric]: ['count>0'] })
  const { threshold, ...shown } = found ?? {}
  assert.ok(threshold)
  assert.equal(threshold.metric, metric)
  assert.doesNotMatch(JSON.stringify([shown, threshold.tags]), /planted/)
})
