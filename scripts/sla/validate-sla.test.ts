import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { catalogue, createSla } from '../../tests/support/sla/example.ts'
import { formatProblem, type Problem } from './field-problem.ts'
import { validateSla } from './validate-sla.ts'

const LATENCY = { indicator: { latency: 'p95' }, limit: '< 200ms' }

function problemsOf(data: unknown): Problem[] {
  const result = validateSla(data, catalogue)
  return 'problems' in result ? result.problems : []
}

describe('every form of indicator is read', () => {
  const cases: [indicator: unknown, limit: string, read: unknown][] = [
    ['error-ratio', '< 1%', { kind: 'error-ratio' }],
    ['availability', '>= 99%', { kind: 'availability' }],
    ['recovery-time', '< 5m', { kind: 'recovery-time' }],
    [{ latency: 'p99.9' }, '< 1s', { kind: 'latency', percentile: 99.9 }],
    [{ rate: 'http_reqs' }, '> 1/s', { kind: 'rate', metric: 'http_reqs' }],
    [{ rate: 'data_sent' }, '< 1MB/s', { kind: 'rate', metric: 'data_sent' }],
    [{ count: 'prompts_enhanced' }, '> 1 total', { kind: 'count', metric: 'prompts_enhanced' }],
    [{ count: 'data_received' }, '< 1GB', { kind: 'count', metric: 'data_received' }],
    [{ share: 'checks' }, '>= 99%', { kind: 'share', metric: 'checks' }],
    [{ drift: 'latency.p95' }, '< 10%', { kind: 'drift', percentile: 95 }],
    [{ apdex: '200ms' }, '>= 94%', { kind: 'apdex', targetMs: 200 }],
    // 350 * 0.001 * 1000 is 350.00000000000006 in floating point.
    [{ apdex: '350ms' }, '>= 94%', { kind: 'apdex', targetMs: 350 }],
    ['delivered-load', '>= 99%', { kind: 'delivered-load' }],
    [
      { statistic: 'p99.9 of cost_usd' },
      '< 0.01 units',
      { kind: 'statistic', metric: 'cost_usd', statistic: 99.9 },
    ],
    [
      { statistic: 'avg of first_token' },
      '< 1s',
      { kind: 'statistic', metric: 'first_token', statistic: 'avg' },
    ],
    [
      { statistic: 'max of vus' },
      '>= 9 units',
      { kind: 'statistic', metric: 'vus', statistic: 'max' },
    ],
  ]
  for (const [indicator, limit, read] of cases) {
    test(JSON.stringify(indicator), () => {
      const result = validateSla(createSla({ indicator, limit }), catalogue)
      assert('sla' in result, 'problems' in result ? result.problems.map(formatProblem).join() : '')
      assert.deepEqual(result.sla.objectives[0]?.indicator, read)
    })
  }
})

test('an objective keeps all its fields, with limits as numbers', () => {
  const written = {
    id: 'enhance-p95',
    description: 'As promised.',
    ...LATENCY,
    where: { endpoint: 'POST /v1/enhance', segment: 'pro' },
    each: 'region',
    phases: ['hold', 'warm-up'],
    scenarios: ['spike', 'load:peak'],
    windows: { length: '1m30s', violating: '<= 5%' },
    level: 'advisory',
  }
  const result = validateSla(createSla(written), catalogue)
  assert('sla' in result)
  assert.deepEqual(result.sla.objectives[0], {
    ...written,
    indicator: { kind: 'latency', percentile: 95 },
    limit: { operator: '<', value: 200, unit: 'ms', text: '< 200ms' },
    windows: {
      lengthSeconds: 90,
      violating: { operator: '<=', value: 0.05, unit: 'ratio', text: '<= 5%' },
    },
  })
})

describe('whatever has a value in any ten seconds can stop a run, with windows or without', () => {
  const cases: [indicator: unknown, limit: string][] = [
    [{ latency: 'p95' }, '< 200ms'],
    ['error-ratio', '< 1%'],
    ['availability', '>= 99%'],
    [{ apdex: '200ms' }, '>= 94%'],
    [{ share: 'checks' }, '>= 99%'],
    [{ rate: 'http_reqs' }, '>= 10/s'],
  ]
  const stop = { after: '9s' }
  for (const [indicator, limit] of cases) {
    for (const more of [{}, { windows: { length: '10s', violating: '<= 5%' } }]) {
      test(`${JSON.stringify(indicator)} with ${JSON.stringify(more)}`, () => {
        assert.deepEqual(problemsOf(createSla({ indicator, limit, stop, ...more })), [])
      })
    }
  }

  for (const limit of ['< 10 total', '<= 10 total']) {
    test(`a total that must be ${limit}`, () => {
      const objective = { indicator: { count: 'prompts_enhanced' }, limit, stop }
      assert.deepEqual(problemsOf(createSla(objective)), [])
    })
  }
})

test('every problem is reported at once, in the order of the file', () => {
  const data = {
    workload: 'better-prompt',
    objectives: [
      { id: 'twice', indicator: { latency: 'p95' }, limit: '< 200' },
      { id: 'twice', indicator: 'nonsense', limit: '< 1%', where: { endpoint: 'GET /' } },
      7,
    ],
    comment: '',
  }
  assert.deepEqual(
    problemsOf(data).map(({ path }) => path),
    [
      'comment',
      'objectives[0].limit',
      'objectives[1].id',
      'objectives[1].indicator',
      'objectives[1].where.endpoint',
      'objectives[2]',
      'workload',
    ],
  )
})

test('each region is refused where no scenario has regions', () => {
  const data = createSla({ ...LATENCY, each: 'region' })
  const result = validateSla(data, { ...catalogue, regions: [] })
  assert('problems' in result)
  assert.equal(result.problems[0]?.expected, 'a workload with regions')
})

describe('a file in which no target can miss a required objective is refused', () => {
  const users = { indicator: { statistic: 'max of vus' }, limit: '<= 100000 units' }
  const errors = { indicator: 'error-ratio', limit: '< 1%' }

  test('alone, and beside an advisory objective', () => {
    for (const others of [[], [{ ...errors, level: 'advisory' }]]) {
      const [problem, ...more] = problemsOf(createSla(users, ...others))
      assert.equal(problem?.path, 'objectives')
      assert.match(formatProblem(problem), /that the target can miss, got "o-1 <= 100000 units"/)
      assert.deepEqual(more, [])
    }
  })

  test('beside one that can be missed it is taken', () => {
    assert.deepEqual(problemsOf(createSla(users, errors)), [])
  })
})

test('profiles and phases that the catalogue does not list are taken on trust', () => {
  const { workload, scenarios, endpoints, operations, regions, metrics } = catalogue
  const unlisted = { workload, scenarios, endpoints, operations, regions, metrics }
  const data = createSla({ ...LATENCY, scenarios: ['load:any'], phases: ['any'] })
  assert('sla' in validateSla(data, unlisted))
})

for (const data of [null, [], 7, 'text', {}, { workload: 1, objectives: {} }]) {
  test(`${JSON.stringify(data)} is no SLA file`, () => {
    assert.notDeepEqual(problemsOf(data), [])
  })
}
