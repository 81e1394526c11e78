import assert from 'node:assert/strict'
import { test } from 'node:test'
import { metricRows, metricsText } from './metric-rows.ts'

const SERIES = [
  { source: 'generator', name: 'k6_cpu_cores', labels: {}, atMs: [0, 1_000], values: [1, 2] },
  {
    source: 'http://a/metrics',
    name: 'process_open_fds',
    labels: { pool: '=1' },
    atMs: [0, 1_000, 2_000],
    values: [7, 8, 9],
  },
]

test('names may have stars, and a span leaves out its end', () => {
  const named = (...names: string[]) => metricRows(SERIES, { names }).map(({ name }) => name)
  assert.equal(named().length, 5)
  assert.deepEqual([...new Set(named('process_*'))], ['process_open_fds'])
  assert.deepEqual([...new Set(named('*_cores'))], ['k6_cpu_cores'])
  assert.deepEqual(named('process', 'k6.cpu.cores'), [])
  const span = metricRows(SERIES, { names: ['process*'], fromMs: 1_000, toMs: 2_000 })
  assert.deepEqual(
    span.map(({ value }) => value),
    [8],
  )
})

test('rows are CSV without formulas, or JSON', () => {
  const rows = metricRows(SERIES, { names: ['process*'], toMs: 1_000 })
  assert.equal(
    metricsText(rows, 'csv'),
    'time,source,name,labels,value\n' +
      '1970-01-01T00:00:00.000Z,http://a/metrics,process_open_fds,"pool=""=1""",7\n',
  )
  assert.deepEqual(JSON.parse(metricsText(rows, 'json')), {
    time: '1970-01-01T00:00:00.000Z',
    source: 'http://a/metrics',
    name: 'process_open_fds',
    labels: { pool: '=1' },
    value: 7,
  })
})
