import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { problemsOf } from '../../tests/support/sla/example.ts'
import { formatProblem } from './field-problem.ts'

const LATENCY = { indicator: { latency: 'p95' }, limit: '< 200ms' }
const APDEX = { indicator: { apdex: '200ms' }, limit: '>= 94%' }
const ERRORS = { indicator: 'error-ratio', limit: '< 1%' }

describe('a file that says something wrong is refused', () => {
  const cases: [what: string, objective: Record<string, unknown>, path: string, text: RegExp][] = [
    [
      'an unknown endpoint',
      { ...LATENCY, where: { endpoint: 'POST /v1/enhence' } },
      'where.endpoint',
      /mean "POST \/v1\/enhance"/,
    ],
    [
      'an unknown operation',
      { ...LATENCY, where: { operation: 'enhanc' } },
      'where.operation',
      /mean "enhance"/,
    ],
    [
      'an unknown region',
      { ...LATENCY, where: { region: 'ap-south' } },
      'where.region',
      /Known: us-east, eu-west/,
    ],
    [
      'a mistyped tag',
      { ...LATENCY, where: { operatoin: 'enhance' } },
      'where.operatoin',
      /mean "operation"/,
    ],
    ['a reserved tag', { ...LATENCY, where: { phase: 'hold' } }, 'where.phase', /"phases"/],
    ['an unknown scenario', { ...LATENCY, scenarios: ['spikes'] }, 'scenarios[0]', /mean "spike"/],
    [
      'an unknown profile',
      { ...LATENCY, scenarios: ['load', 'load:peek'] },
      'scenarios[1]',
      /mean "peak"/,
    ],
    ['an unknown phase', { ...LATENCY, phases: ['hodl'] }, 'phases[0]', /mean "hold"/],
    ['an unknown field', { ...LATENCY, fases: ['hold'] }, 'fases', /mean "phases"/],
    ['an unknown level', { ...LATENCY, level: 'optional' }, 'level', /"required", "advisory"/],
    ['an empty list of phases', { ...LATENCY, phases: [] }, 'phases', /at least 1 item/],
    [
      'windows without a share',
      { ...LATENCY, windows: { length: '10s' } },
      'windows.violating',
      /got nothing/,
    ],
    [
      'windows of no unit',
      { ...LATENCY, windows: { length: '10', violating: '<= 5%' } },
      'windows.length',
      /"10s"/,
    ],
    [
      'windows of no length',
      { ...LATENCY, windows: { length: '0s', violating: '<= 5%' } },
      'windows.length',
      /expected at least 1s, got "0s"\n.*"10s"/,
    ],
    [
      'windows shorter than a second',
      { ...LATENCY, windows: { length: '999ms', violating: '<= 5%' } },
      'windows.length',
      /at least 1s/,
    ],
    [
      'a stop after no time',
      { ...LATENCY, stop: { after: '0s' } },
      'stop.after',
      /expected at least 1s, got "0s"/,
    ],
    [
      'a stop after a moment',
      { ...LATENCY, stop: { after: '500ms' } },
      'stop.after',
      /at least 1s/,
    ],
    [
      'windows beyond all numbers',
      { ...LATENCY, windows: { length: `${'9'.repeat(400)}h`, violating: '<= 5%' } },
      'windows.length',
      /at most 168h, got more than any number/,
    ],
    [
      'a stop after a month',
      { ...LATENCY, stop: { after: '720h' } },
      'stop.after',
      /at most 168h, got "2592000s"/,
    ],
    ['an apdex of no time', { ...APDEX, indicator: { apdex: '0s' } }, 'indicator.apdex', /1ms/],
    ['an apdex of a day', { ...APDEX, indicator: { apdex: '24h' } }, 'indicator.apdex', /1h/],
    [
      'an availability of successes',
      { indicator: 'availability', limit: '>= 99%', where: { status: '200' } },
      'where.status',
      /no "status" for availability, got "200"/,
    ],
    [
      'an error ratio of failures',
      { ...ERRORS, where: { error_code: '1050' } },
      'where.error_code',
      /no say/,
    ],
    [
      "k6's own error ratio of successes",
      { indicator: { share: 'http_req_failed' }, limit: '< 1%', where: { status: '200' } },
      'where.status',
      /no "status" for share/,
    ],
    [
      'windows of which all but one may fail',
      { ...LATENCY, windows: { length: '10s', violating: '< 100%' } },
      'windows.violating',
      /Every result/,
    ],
    [
      'windows that may all fail',
      { ...LATENCY, windows: { length: '10s', violating: '<= 100%' } },
      'windows.violating',
      /Every result/,
    ],
    [
      'windows of a drift',
      {
        indicator: { drift: 'latency.p95' },
        limit: '< 9%',
        windows: { length: '10s', violating: '<= 5%' },
      },
      'windows',
      /whole course/,
    ],
    [
      'each and where of one key',
      { ...LATENCY, each: 'endpoint', where: { endpoint: 'GET /v1/history' } },
      'each',
      /Remove one/,
    ],
    [
      'phases of an untagged metric',
      { indicator: { count: 'dropped_iterations' }, limit: '< 1 total', phases: ['hold'] },
      'phases',
      /whole run/,
    ],
    [
      'a stop on an advisory objective',
      { ...ERRORS, level: 'advisory', stop: { after: '9s' } },
      'stop',
      /required/,
    ],
    [
      'phases of an untagged gauge',
      { indicator: { statistic: 'max of vus' }, limit: '< 9 units', phases: ['hold'] },
      'phases',
      /whole run/,
    ],
    [
      'a stop on a total with a lower bound',
      { indicator: { count: 'http_reqs' }, limit: '>= 10 total', stop: { after: '9s' } },
      'stop',
      /no stop on count with a lower bound/,
    ],
  ]
  for (const [what, objective, path, text] of cases) {
    test(what, () => {
      const problems = problemsOf(objective)
      assert.deepEqual(
        problems.map((problem) => problem.path),
        [`objectives[0].${path}`],
      )
      assert.match(problems.map(formatProblem).join('\n'), text)
    })
  }
})

describe('what is only known at the end takes no stop and no windows', () => {
  const cases: [indicator: unknown, limit: string][] = [
    ['recovery-time', '< 5m'],
    ['delivered-load', '>= 99%'],
    [{ drift: 'latency.p95' }, '< 9%'],
    [{ statistic: 'p95 of cost_usd' }, '< 1 units'],
  ]
  const fields = {
    stop: [{ after: '9s' }, /no stop on .*\n.*before the run is over/],
    windows: [{ length: '10s', violating: '<= 5%' }, /no windows for .*\n.*whole course/],
  } as const
  for (const [indicator, limit] of cases) {
    for (const [field, [value, text]] of Object.entries(fields)) {
      test(`${field} of ${JSON.stringify(indicator)}`, () => {
        const [problem, ...others] = problemsOf({ indicator, limit, [field]: value })
        assert(problem)
        assert.equal(problem.path, `objectives[0].${field}`)
        assert.match(formatProblem(problem), text)
        assert.deepEqual(others, [])
      })
    }
  }
})
