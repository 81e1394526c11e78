// What k6 v2.2.0 recorded of 48 iterations and setup(), held against what it counted itself.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe, test, type TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import {
  type ExampleJudging,
  judgeExample,
} from '../../../tests/support/verdict/example-judging.ts'
import { readSummary } from './read-summary.ts'

const FOLDER = new URL('../../../tests/support/verdict/recording/', import.meta.url)
const ENDPOINT = 'GET /v1/prompts/{id}'
const START_MS = 1_795_278_407_728
const RUN: Pick<ExampleJudging, 'plan' | 'run'> = {
  plan: {
    model: 'open',
    target: 100,
    phases: [{ name: 'hold', startSeconds: 0, endSeconds: 1, target: 100 }],
    durationSeconds: 1,
    endpoints: [ENDPOINT],
  },
  run: { startMs: START_MS, processMs: { start: 1_795_278_407_688, end: 1_795_278_408_279 } },
}

const recording = await readFile(new URL('samples.csv', FOLDER), 'utf8')
const summary = await readSummary(fileURLToPath(new URL('summary.json', FOLDER)))

/** k6's number for a selected metric. */
function counted(metric: string, aggregate: string): number {
  const value = summary.metrics[metric]?.values[aggregate]
  assert(value !== undefined, `${metric} has no ${aggregate}`)
  return value
}

describe('every number is the one that k6 has', () => {
  const DURATION = 'http_req_duration{judged:yes,expected_response:true}'
  const cases: [raw: Record<string, unknown>, metric: string, aggregate: string][] = [
    [{ indicator: { latency: 'p50' }, limit: '< 1s' }, DURATION, 'p(50)'],
    [{ indicator: { latency: 'p90' }, limit: '< 1s' }, DURATION, 'p(90)'],
    [{ indicator: { latency: 'p95' }, limit: '< 1s' }, DURATION, 'p(95)'],
    [{ indicator: 'error-ratio', limit: '< 9%' }, 'http_req_failed{judged:yes}', 'value'],
    [{ indicator: { share: 'checks' }, limit: '> 9%' }, 'checks{judged:yes}', 'value'],
    [
      { indicator: { share: 'technique_accuracy' }, limit: '> 9%' },
      'technique_accuracy{judged:yes}',
      'value',
    ],
    [{ indicator: { count: 'http_reqs' }, limit: '> 9 total' }, 'http_reqs{judged:yes}', 'count'],
    [
      { indicator: { count: 'prompts_enhanced' }, limit: '> 9 total' },
      'prompts_enhanced{judged:yes}',
      'count',
    ],
    [
      { indicator: { count: 'data_received' }, limit: '> 9B' },
      'data_received{judged:yes}',
      'count',
    ],
    ...['avg', 'min', 'max', 'p95'].map((statistic): (typeof cases)[number] => {
      const aggregate = statistic === 'p95' ? 'p(95)' : statistic
      const indicator = { statistic: `${statistic} of cost_usd` }
      return [{ indicator, limit: '< 1 units' }, 'cost_usd{judged:yes}', aggregate]
    }),
  ]
  for (const [raw, metric, aggregate] of cases) {
    test(`${aggregate} of ${metric}`, async (t) => {
      const { objectives } = await judgeExample(t, { ...RUN, recording, objectives: [raw] })
      const expected = counted(metric, aggregate)
      const measured = objectives[0]?.measured ?? NaN
      // k6 writes six decimals.
      assert.ok(Math.abs(measured - expected) <= 1e-6 * expected, `${measured}, not ${expected}`)
    })
  }

  test('the table of endpoints', async (t) => {
    const objectives = [{ indicator: 'error-ratio', limit: '< 9%' }]
    const { endpoints } = await judgeExample(t, { ...RUN, recording, objectives })
    const [row, ...others] = endpoints
    assert.deepEqual(others, [])
    assert.deepEqual(
      [row?.endpoint, row?.count, row?.errors],
      [
        ENDPOINT,
        counted('http_reqs{judged:yes}', 'count'),
        counted('http_req_failed{judged:yes}', 'passes'),
      ],
    )
    assert.ok(Math.abs((row?.p95Ms ?? 0) / counted(DURATION, 'p(95)') - 1) < 1e-6)
  })
})

test('k6 and the verdict agree that nothing was lost', async (t) => {
  const objectives = [
    { indicator: { latency: 'p50' }, limit: '< 1s' },
    { indicator: { share: 'checks' }, limit: '>= 50%' },
  ]
  const run = await judgeExample(t, {
    ...RUN,
    recording,
    objectives,
    k6: { summary },
  })
  assert.deepEqual([run.verdict, run.reasons], ['PASS', []])
  assert.deepEqual(
    [run.delivery.iterations, run.delivery.end, run.samples.rows],
    [48, 'complete', recording.split('\n').length - 2],
  )
})

test('tags with quotes, commas and ampersands are told apart', async (t) => {
  const raw = { indicator: { count: 'http_reqs' }, limit: '> 9 total', where: { segment: 'pro' } }
  const { objectives } = await judgeExample(t, { ...RUN, recording, objectives: [raw] })
  assert.equal(objectives[0]?.measured, 24)
})

describe('a recording that is not all that k6 has counted is INVALID', () => {
  const objectives = [{ indicator: 'error-ratio', limit: '< 50%' }]
  const judged = (t: TestContext, text: string) =>
    judgeExample(t, { ...RUN, recording: text, objectives, k6: { summary } })
  const lines = recording.split('\n')

  test('the whole one passes', async (t) => {
    assert.equal((await judged(t, recording)).verdict, 'PASS')
  })

  for (const metric of [
    'http_reqs',
    'http_req_duration',
    'http_req_failed',
    'checks',
    'cost_usd',
    'data_sent',
  ]) {
    test(`without one sample of ${metric}`, async (t) => {
      const at = lines.findIndex((line) => line.startsWith(`${metric},`))
      const { verdict, reasons } = await judged(
        t,
        lines.filter((_, index) => index !== at).join('\n'),
      )
      assert.equal(verdict, 'INVALID')
      const code = metric === 'http_reqs' ? 'SAMPLES_MISSING' : 'SAMPLES_UNEVEN'
      assert.equal(reasons[0]?.code, code)
      assert.match(reasons[0].text, metric === 'http_reqs' ? /requests/ : new RegExp(metric))
    })
  }

  test('with a damaged first line, and that is all that it says', async (t) => {
    const { verdict, reasons } = await judged(t, recording.replace('status', 'sta"us'))
    assert.equal(verdict, 'INVALID')
    assert.equal(reasons[0]?.code, 'SAMPLES_HEADER_DAMAGED')
    const others = reasons.slice(1).map(({ code }) => code)
    assert.deepEqual(
      others.filter((code) => code.startsWith('SAMPLES')),
      [],
    )
  })

  test('with a quote that is never closed: one line is lost, and the others are judged', async (t) => {
    const at = lines.findIndex((line) => line.startsWith('http_reqs,')) + 200
    const torn = lines.map((line, index) => (index === at ? `${line.slice(0, 60)},"dial` : line))
    const { verdict, samples } = await judged(t, torn.join('\n'))
    assert.deepEqual([verdict, samples.rejectedLines], ['INVALID', 1])
    assert.equal(samples.rows, lines.length - 3)
  })
})
