import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stripVTControlCharacters } from 'node:util'
import { createRow } from '../../tests/support/report/example-rows.ts'
import { createVerdict } from '../../tests/support/report/example-verdict.ts'
import { renderHtml } from './html/render-html.ts'
import { markdown } from './markdown.ts'
import { regionTable } from './region-table.ts'
import { renderReport } from './terminal-report.ts'

const rows = [
  { endpoint: 'ap-south', count: 200, ratePerSecond: 2, p50Ms: 190, p95Ms: 250, errors: 0 },
  {
    endpoint: 'us-east',
    count: 500,
    ratePerSecond: 5,
    p50Ms: 20,
    p95Ms: 40,
    errors: 5,
    errorRatio: 0.01,
  },
]

const objectives = [
  createRow({ id: 'latency-p95' }),
  createRow({ id: 'region-p95 [us-east]', measured: 41, verdict: 'PASS', isClose: true }),
  createRow({ id: 'region-p95 [ap-south]', measured: 251, verdict: 'FAIL' }),
]

function fileWith(changes: { rows?: typeof rows; objectives?: typeof objectives } = {}) {
  const file = createVerdict({ objectives: changes.objectives ?? objectives })
  const { series, run } = file
  const breakdowns = [{ tag: 'region', rows: changes.rows ?? rows }]
  const plan = { ...run.plan, regions: ['us-east', 'ap-south'] }
  return { ...file, run: { ...run, plan }, series: { ...series, breakdowns } }
}

test('regions stand side by side in the order of the plan, with the verdict of each', () => {
  assert.deepEqual(regionTable(fileWith()), {
    head: ['Region', 'Requests', 'Rate', 'p50', 'p95', 'p99', 'Errors', 'region-p95 < 200ms'],
    rows: [
      {
        cells: ['us-east', '500', '5/s', '20 ms', '40 ms', '-', '5 (1%)'],
        objectives: [{ text: '41 ms', judgement: objectives[1] }],
      },
      {
        cells: ['ap-south', '200', '2/s', '190 ms', '250 ms', '-', '0'],
        objectives: [{ text: '251 ms', judgement: objectives[2] }],
      },
    ],
  })
})

test('a run without regions has no such table', () => {
  assert.equal(regionTable(createVerdict({ objectives })), undefined)
})

test('without samples the verdicts alone are compared', () => {
  const [first] = regionTable(fileWith({ rows: [] }))?.rows ?? []
  assert.deepEqual(first?.cells, ['us-east', '-', '-', '-', '-', '-', '-'])
  assert.equal(first.objectives[0]?.judgement.verdict, 'PASS')
})

test('the terminal, Markdown and the page show it', () => {
  const file = fileWith()
  const terminal = stripVTControlCharacters(renderReport({ file, folder: '.' }))
  assert.match(terminal, /Region .*region-p95 < 200ms/)
  assert.match(terminal, /ap-south .*251 ms .*FAIL/)
  assert.match(terminal, /us-east .*41 ms PASS \(close\)/)
  assert.match(markdown(file), /\| ap-south \| 200 \|.*\| 251 ms FAIL \|/)
  assert.match(renderHtml(file), /id="regions"[\s\S]*ap-south[\s\S]*251 ms/)
})
