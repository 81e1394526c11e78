import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRun, createRuns } from '../../tests/support/history/example-history.ts'
import { renderHistory } from './history-report.ts'
import type { RunRecord } from './run-record.ts'

const render = (runs: RunRecord[]) =>
  renderHistory({
    runs,
    unjudged: 0,
    unreadable: [{ folder: 'torn\u001b[2J', why: 'it is empty' }],
  })
const steady = Array.from({ length: 12 }, (_, index) => 100 + (index % 3))

test('the newest run is the last row, with its verdict and main objectives', () => {
  const text = render(createRuns([100, 150]))

  assert.match(text, /^Started \(UTC\) +Run +Verdict +latency-p95/)
  assert.match(
    text,
    /2026-11-01 00:00 +run-0000 +PASS +100 ms *\n2026-11-01 01:00 +run-0001 +PASS +150 ms/,
  )
})

test('ten runs say that none can be out of line, eleven do not', () => {
  assert.match(render(createRuns(steady.slice(0, 10))), /with fewer than 11 runs none can be/)
  assert.doesNotMatch(render(createRuns(steady.slice(0, 11))), /none can be/)
})

test('a trend shows bars, latest value, median, limit and its use', () => {
  assert.match(
    render(createRuns(steady)),
    /latency-p95 +█{12} +102 ms +101 ms +latency p95 < 200ms +51%/,
  )
})

test('a newest run that is out of line is reported with its bound', () => {
  assert.match(
    render(createRuns([...steady, 180])),
    /latency-p95: the newest run is out of line, 180 ms is above 106\.\d+ ms \(99% bound/,
  )
})

test('for a lower limit it is below', () => {
  const objective = { id: 'throughput', limit: '>= 80/s', bound: 80, unit: '/s' as const }
  assert.match(render(createRuns([...steady, 70], objective)), /70\/s is below 9\d\.\d\/s/)
})

test('a single run has no trend, and skipped folders say why', () => {
  assert.match(
    render([createRun(1)]),
    /PASS +100 ms *\n\nskipped 1 folder: 1 with one that cannot be read\n {2}torn \[2J: it is empty$/,
  )
})

test('names from files cannot colour the terminal or break a line', () => {
  const text = render([
    createRun(1, { id: 'a\u001b[31m\nb\u202e' }),
    createRun(2, { scenario: 'x\r' }),
  ])
  assert.doesNotMatch(text, /[\u001b\r\u202e]/)
})
