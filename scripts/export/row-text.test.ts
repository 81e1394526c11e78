import assert from 'node:assert/strict'
import { parse } from 'but-csv'
import { test } from 'node:test'
import { type DashboardRow, rowsOf } from './dashboard-rows.ts'
import { seriesName } from './export-dashboards.ts'
import { headText, rowsText } from './row-text.ts'

const ROW: DashboardRow = {
  testid: 'run-1',
  board: 'run-overview',
  panel: 'Latency',
  query: 'p95',
  labels: { name: 'GET /a, b', status: '200' },
  timeMs: 1_795_274_766_250,
  value: '0.25',
  unit: 's',
}

test('CSV has a title for each column, and every cell comes back', () => {
  const odd = { ...ROW, panel: 'two\nlines, "quoted"' }
  const [titles, first, second] = parse(`${headText('csv')}${rowsText([ROW, odd], 'csv')}`)
  assert.deepEqual(titles, ['testid', 'board', 'panel', 'query', 'labels', 'time', 'value', 'unit'])
  assert.deepEqual(first, [
    ...['run-1', 'run-overview', 'Latency', 'p95', '{name="GET /a, b", status="200"}'],
    ...['2026-11-21T15:26:06.250Z', '0.25', 's'],
  ])
  assert.equal(second?.[2], odd.panel)
})

test('no text is a formula to a spreadsheet, and negative numbers stay numbers', () => {
  const evil = { ...ROW, query: '=cmd()', testid: '@sum', value: '-1.5' }
  const [cells = []] = parse(rowsText([evil, { ...ROW, value: '-Inf' }], 'csv'))
  assert.deepEqual([cells[0], cells[3], cells[6]], ["'@sum", "'=cmd()", '-1.5'])
  assert.match(rowsText([{ ...ROW, value: '+Inf' }], 'csv'), /,'\+Inf,s\n$/)
})

test('JSON is one object on each line, with numbers where there are some', () => {
  const lines = rowsText([ROW, { ...ROW, value: 'NaN' }], 'json')
    .trimEnd()
    .split('\n')
  const [first, second] = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
  assert.equal(first?.['value'], 0.25)
  assert.deepEqual(first['labels'], ROW.labels)
  assert.equal(first['time'], '2026-11-21T15:26:06.250Z')
  assert.equal(second?.['value'], 'NaN')
})

test('nothing is nothing', () => {
  assert.equal(rowsText([], 'csv') + rowsText([], 'json') + headText('json'), '')
})

test('a native histogram is a row for each bucket', () => {
  const histogram = {
    count: '5',
    sum: '1',
    buckets: [
      [3, '-0.1', '0.1', '1'],
      [0, '0.1', '0.2', '4'],
    ] as [number, string, string, string][],
  }
  const { testid, board, panel, query, unit } = ROW
  const rows = rowsOf(
    { testid, board, panel, query, unit },
    { metric: {}, histograms: [[1, histogram]] },
  )
  assert.deepEqual(
    rows.map(({ labels, value, timeMs }) => [labels['bucket'], value, timeMs]),
    [
      ['[-0.1,0.1]', '1', 1_000],
      ['(0.1,0.2]', '4', 1_000],
    ],
  )
})

test('a series is called as in its panel', () => {
  assert.equal(seriesName('SLA {{objective}}', { objective: 'latency-p95' }), 'SLA latency-p95')
  assert.equal(seriesName('{{ name }} · {{gone}}', { name: 'GET /' }), 'GET / ·')
  assert.equal(seriesName('A', {}), 'A')
})
