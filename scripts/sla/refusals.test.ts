import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { catalogue, createSla } from './example-run.ts'
import { formatProblem } from './problem.ts'
import { validateSla } from './validate-sla.ts'

const LATENCY = { indicator: { latency: 'p95' }, limit: '< 200ms' }
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
    [
      'an unknown metric',
      { indicator: { share: 'technique_acuracy' }, limit: '> 1%' },
      'indicator',
      /mean "technique_accuracy"/,
    ],
    [
      'a name of JavaScript as a metric',
      { indicator: { count: 'constructor' }, limit: '> 1 total' },
      'indicator',
      /known counter/,
    ],
    [
      'a share of a counter',
      { indicator: { share: 'http_reqs' }, limit: '> 1%' },
      'indicator',
      /rate metric .* a counter/,
    ],
    [
      'a rate of a trend',
      { indicator: { rate: 'http_req_waiting' }, limit: '> 1/s' },
      'indicator',
      /counter metric .* a trend\n.*"statistic"/,
    ],
    [
      'a count of a gauge',
      { indicator: { count: 'vus' }, limit: '> 1 total' },
      'indicator',
      /a gauge/,
    ],
    [
      'a statistic of a counter',
      { indicator: { statistic: 'p95 of http_reqs' }, limit: '< 1 units' },
      'indicator',
      /a trend or gauge metric for "statistic", got "http_reqs", a counter/,
    ],
    [
      'a statistic of a rate',
      { indicator: { statistic: 'avg of checks' }, limit: '< 1 units' },
      'indicator',
      /a rate\n.*"share"/,
    ],
    [
      'a statistic of an unknown metric',
      { indicator: { statistic: 'avg of cost_usdd' }, limit: '< 1 units' },
      'indicator',
      /mean "cost_usd"\? Known: cost_usd, first_token, vus, /,
    ],
    [
      'the statistic med',
      { indicator: { statistic: 'med of cost_usd' }, limit: '< 1 units' },
      'indicator',
      /got {"statistic":"med of cost_usd"}/,
    ],
    [
      'a statistic of the percentile 100',
      { indicator: { statistic: 'p100 of cost_usd' }, limit: '< 1 units' },
      'indicator',
      /got {"statistic"/,
    ],
    [
      'a statistic of nothing',
      { indicator: { statistic: 'p95' }, limit: '< 1 units' },
      'indicator',
      /got {"statistic":"p95"}/,
    ],
    [
      'a statistic of money in milliseconds',
      { indicator: { statistic: 'p95 of cost_usd' }, limit: '< 1ms' },
      'limit',
      /the unit units, got "< 1ms"\n.*"1 units"/,
    ],
    [
      'a statistic of a time in units',
      { indicator: { statistic: 'p95 of first_token' }, limit: '< 1 units' },
      'limit',
      /ms, s, m, h/,
    ],
    [
      'an upper bound of delivered load',
      { indicator: 'delivered-load', limit: '< 99%' },
      'limit',
      /higher is better/,
    ],
    [
      'a percentile without p',
      { indicator: { latency: '95' }, limit: '< 1s' },
      'indicator',
      /got {"latency":"95"}/,
    ],
    [
      'the percentile p100',
      { indicator: { latency: 'p100' }, limit: '< 1s' },
      'indicator',
      /For instance/,
    ],
    [
      'two indicators in one',
      { indicator: { latency: 'p95', rate: 'x' }, limit: '< 1s' },
      'indicator',
      /object with one of/,
    ],
    [
      'a mistyped indicator',
      { indicator: 'error-rate', limit: '< 1%' },
      'indicator',
      /mean "error-ratio"/,
    ],
    ['no indicator', { limit: '< 1%' }, 'indicator', /got nothing/],
    ['no limit', { indicator: 'error-ratio' }, 'limit', /got nothing/],
    ['a bare number', { indicator: 'error-ratio', limit: 0.1 }, 'limit', /"< 0.1%"/],
    ['a unit of something else', { indicator: 'error-ratio', limit: '< 200ms' }, 'limit', /unit %/],
    [
      'plain numbers for data',
      { indicator: { count: 'data_sent' }, limit: '< 5 total' },
      'limit',
      /B, KB, MB, GB/,
    ],
    ['an unknown field', { ...LATENCY, fases: ['hold'] }, 'fases', /mean "phases"/],
    ['an unknown level', { ...LATENCY, level: 'optional' }, 'level', /"required", "advisory"/],
    ['an empty list of phases', { ...LATENCY, phases: [] }, 'phases', /fewer than 1/],
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
      const result = validateSla(createSla(objective), catalogue)
      const problems = 'problems' in result ? result.problems : []
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
        const result = validateSla(createSla({ indicator, limit, [field]: value }), catalogue)
        const [problem, ...others] = 'problems' in result ? result.problems : []
        assert(problem)
        assert.equal(problem.path, `objectives[0].${field}`)
        assert.match(formatProblem(problem), text)
        assert.deepEqual(others, [])
      })
    }
  }
})
