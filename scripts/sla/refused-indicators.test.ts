import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { problemsOf } from '../../tests/support/sla/example.ts'
import { formatProblem } from './field-problem.ts'

describe('an indicator that cannot be computed, or a limit that does not fit it, is refused', () => {
  const cases: [what: string, objective: Record<string, unknown>, path: string, text: RegExp][] = [
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
