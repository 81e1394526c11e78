import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Reason } from '../../reasons/reasons.ts'
import type { VerdictFile } from '../../verdict/verdict-file.ts'
import { exampleSeries } from '../../../tests/support/report-html/example-series.ts'
import * as example from '../../../tests/support/report-html/example-verdict-file.ts'
import { renderHtml } from './render-html.ts'

const { exampleEndpoints, exampleVerdictFile } = example

const SECTIONS = [
  'verdict',
  'sla',
  'load',
  'timeline',
  'heat-map',
  'percentiles',
  'endpoints',
  'errors',
  'findings',
  'generator',
  'diagnosis',
  'environment',
]

test('the sections follow on each other, the verdict first', () => {
  const page = renderHtml(exampleVerdictFile())
  const ids = [...page.matchAll(/<section id="([\w-]+)"/g)].map(([, id]) => id)
  assert.deepEqual(ids, SECTIONS)
  const linked = [...page.matchAll(/<li><a href="#([\w-]+)"/g)].map(([, id]) => id)
  assert.deepEqual(linked, SECTIONS)
})

describe('the page says', () => {
  const text = textOf(renderHtml(exampleVerdictFile()))
  for (const [what, words] of [
    [
      'the verdict and why',
      'PASS (close) All required objectives are met, but something is left open.',
    ],
    ['reasons', 'latency-p95: 2 of 30 windows of 2 s miss it, 2 in a row'],
    ['what was measured, and its interval', '95 ms 93 ms to 97 ms 95%'],
    ['when windows missed the limit', '2 s each, at 16:00:20, 16:00:22'],
    ['which objectives are advisory', 'capacity advisory'],
    ['which are not in this run', 'Not in this run: updates (it applies to dashboard only).'],
    ['that an objective is close', 'latency-p95 PASS (close)'],
    ['what was dropped', 'Dropped iterations: up to 12/s, at 0:21.'],
    ['who failed and when first', 'operation-0 no answer 1212 3 16:00:20'],
    ['why answers were rejected', 'operation-0 no-answer 3'],
    ['how many answers were rejected', 'Answers not as expected 3'],
    ['what the log says', 'GET /items rejected: status 503'],
    ['how long a recovery took', 'spike-1 PASS after 3.5 s'],
    ['between which loads the capacity lies', 'between 1,200/s (good) and 1,600/s (bad): only'],
    ['how the generator fared', 'k6 waited for a CPU: 1 s'],
    ['what may be behind it', 'GET /v1/items/2 took 61% of all waiting. Try: Look at it first.'],
    ['how to repeat the run', 'npm run k6 -- spike --users 500'],
    ['when a phase was', 'hold 16:00:10 16:01:00 50 s 500 yes'],
  ] as const) {
    test(what, () => assert.ok(text.includes(words), `no "${words}" in the page`))
  }
})

test('what needs attention stands above what holds', () => {
  const page = renderHtml(exampleVerdictFile())
  const table = page.slice(
    page.indexOf('Service level objectives'),
    page.indexOf('Details of each'),
  )
  assert.ok(table.indexOf('latency-p95') < table.indexOf('recovery'))
  assert.ok(table.indexOf('latency-p95') > 0)
})

describe('names from outside stay text', () => {
  const attack = `"'><script>alert(1)</script><img src=x onerror=alert(2)>\u2028</style>`
  const file = exampleVerdictFile()
  const [objective] = file.objectives
  assert.ok(objective)
  const told: Reason = { code: 'NO_SAMPLES', text: attack, data: {} }
  const page = renderHtml({
    ...file,
    reasons: [told],
    errors: [attack],
    endpoints: file.endpoints.map((row) => ({ ...row, endpoint: attack })),
    objectives: [{ ...objective, id: attack, description: attack, reason: told, sql: attack }],
    series: {
      ...file.series,
      breakdowns: file.series.breakdowns.map(({ rows }) => ({ tag: attack, rows })),
      errors: file.series.errors.map((each) => ({ ...each, endpoint: attack, status: attack })),
      rejections: [{ endpoint: attack, reason: attack, answers: 1 }],
    },
    run: {
      ...file.run,
      id: attack,
      scenario: attack,
      workload: attack,
      command: attack,
      target: { base: attack, byRegion: { [attack]: attack }, sandbox: false },
      phases: file.run.phases?.map((phase) => ({ ...phase, name: attack })) ?? [],
    },
    generator: { ...file.generator, faults: [told], notes: [told] },
  })

  test('none of them begins an element', () => {
    assert.equal(page.match(/<script/g)?.length, 2)
    assert.equal(page.match(/<\/script/g)?.length, 2)
    assert.equal(page.match(/<\/style/g)?.length, 1)
    assert.doesNotMatch(page, /<img/)
  })

  test('and they can still be read', () => {
    assert.ok(page.includes('&lt;img src=x onerror=alert(2)&gt;'))
  })
})

describe('a page is drawn from', () => {
  const whole = exampleVerdictFile()
  const nothing = exampleSeries({
    startMs: 0,
    steps: 0,
    stepSeconds: 1,
    endpoints: 0,
    heatSteps: 0,
  })
  const files: [what: string, file: VerdictFile, words: string][] = [
    [
      'a run without requests',
      {
        ...whole,
        verdict: 'NO_DATA',
        endpoints: [],
        errors: [],
        series: { ...nothing, percentiles: [], breakdowns: [], rejections: [] },
      },
      'No request was sent.',
    ],
    ['a run that nothing judged', { ...whole, objectives: [] }, 'No objective was judged.'],
    ['an old file without series', without(whole, 'series'), 'GET /v1/items/0'],
    [
      'an old file that knows little of its run',
      {
        ...whole,
        run: pick(whole.run, ['id', 'scenario', 'workload', 'settings', 'target', 'startedAt']),
      },
      '20261121-160000-spike-0000',
    ],
    [
      'a run of one step',
      {
        ...whole,
        series: exampleSeries({ startMs: 0, steps: 1, stepSeconds: 1, endpoints: 1, heatSteps: 1 }),
      },
      'Percentile curve',
    ],
  ]
  for (const [what, file, words] of files) {
    test(what, () => {
      const text = textOf(renderHtml(file))
      assert.ok(text.includes(words), `no "${words}" in the page`)
      assert.doesNotMatch(text, /NaN|Infinity|undefined|\[object/)
    })
  }
})

test('half an hour of 500 users stays under a megabyte, and is drawn in less than a second', () => {
  const series = exampleSeries({
    startMs: 0,
    steps: 600,
    stepSeconds: 3,
    endpoints: 40,
    heatSteps: 180,
  })
  const file = { ...exampleVerdictFile(), series, endpoints: exampleEndpoints(40) }
  renderHtml(file)
  const start = performance.now()
  const page = renderHtml(file)
  assert.ok(performance.now() - start < 1_000)
  assert.ok(Buffer.byteLength(page) < 1_000_000, `${Buffer.byteLength(page)} bytes`)
})

test('of thousands of endpoints the most frequent are shown', () => {
  const page = renderHtml({ ...exampleVerdictFile(), endpoints: exampleEndpoints(3_000) })
  assert.ok(page.includes('the 300 most frequent; 2700 more in verdict.json'))
  assert.ok(Buffer.byteLength(page) < 1_000_000)
})

test('nothing is asked of a network', () => {
  const page = renderHtml(exampleVerdictFile())
  assert.match(
    page,
    /Content-Security-Policy" content="default-src &#39;none&#39;; |default-src 'none'; /,
  )
  assert.doesNotMatch(page, /(?:src|href)="(?!#|data:,)/)
  assert.doesNotMatch(page, /url\((?!#|data:)/)
  assert.doesNotMatch(page, / style="/)
})

/** What a reader sees, without the script. */
function textOf(page: string): string {
  return page
    .replaceAll(/<(script|style)[\s\S]*?<\/\1>/g, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
}

function without(file: VerdictFile, key: keyof VerdictFile): VerdictFile {
  return Object.fromEntries(
    Object.entries(file).filter(([name]) => name !== key),
  ) as unknown as VerdictFile
}

function pick(run: VerdictFile['run'], keys: string[]): VerdictFile['run'] {
  return Object.fromEntries(
    Object.entries(run).filter(([name]) => keys.includes(name)),
  ) as unknown as VerdictFile['run']
}
