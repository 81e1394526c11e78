import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  clock,
  createRow,
  inOrder,
  START_US,
  stream,
} from '../../../tests/support/samples/live-example.ts'
import type { RunPlan } from '../../../lib/plan.ts'
import type { LiveRow } from '../../samples/live-row.ts'
import { createPlan } from '../../../tests/support/sla/example.ts'
import { createLiveStatus } from './live-status.ts'

const FAILED = { expected_response: 'false', status: '500' }

test('a line tells time, phase, users, rate, latency and errors', () => {
  const rows = inOrder(clock({ to: 40 }), stream({ from: 0, to: 40, perSecond: 50 }))

  assert.equal(
    lineAt(40.5, rows),
    '  0:40 of 1:40  hold  100 users  50 requests/s  p95 20 ms  0 errors',
  )
})

test('the p95 is that of the last ten seconds, errors are those of the run', () => {
  const rows = inOrder(
    stream({ from: 0, to: 1, perSecond: 3, tags: FAILED }),
    stream({ from: 0, to: 20, perSecond: 100, value: 9_000 }),
    stream({ from: 20, to: 30, perSecond: 100, value: 5.26 }),
  )
  assert.match(lineAt(31, rows), / {2}100 requests\/s {2}p95 5\.3 ms {2}3 errors \(0\.1%\)$/)
})

test('dropped iterations are shown once there are any', () => {
  const dropped = stream({ from: 3, to: 4, perSecond: 2, metric: 'dropped_iterations', value: 1 })

  assert.match(lineAt(5, dropped), / 0 errors {2}2 dropped$/)
})

test('log-ins and setup are not counted', () => {
  const rows = [
    createRow({ at: 1, tags: { ...FAILED, operation: 'auth' } }),
    createRow({ at: 1, tags: { ...FAILED, scenario: undefined } }),
  ]
  assert.match(lineAt(3.1, rows), / 0 requests\/s {2}p95 - {2}0 errors$/)
})

test('before the load began, the line says so', () => {
  const status = createLiveStatus({ plan: createPlan(), startUs: () => undefined })

  assert.match(status.line(START_US, 120), /^ {2}0:00 of 1:40 {2}setup {2}0 users/)
})

test('trouble of the machine is marked while it lasts', () => {
  let trouble: string | undefined = 'other processes use 1.9 of 2 CPUs'
  const status = createLiveStatus({
    plan: createPlan(),
    startUs: () => START_US,
    trouble: () => trouble,
  })
  assert.match(status.line(START_US), / 0 errors {2}! other processes use 1\.9 of 2 CPUs$/)

  trouble = undefined
  assert.match(status.line(START_US), / 0 errors$/)
})

test('hours are reported, too', () => {
  const plan = createPlan({ durationSeconds: 7_265 })
  const status = createLiveStatus({ plan, startUs: () => START_US })

  assert.match(status.line(START_US + 3_600e6), /^ {2}1:00:00 of 2:01:05 /)
})

test('a terminal gets a bar for each of the last seconds, as many as fit', () => {
  const rows = inOrder(
    stream({ from: 0, to: 30, perSecond: 10 }),
    stream({ from: 28, to: 30, perSecond: 10 }),
  )
  const text = lineAt(31, rows)
  assert.match(lineAt(31, rows, 200), / errors {2}▅{18}██$/)
  assert.equal(lineAt(31, rows, 80), `${text}  ${'▅'.repeat(80 - text.length - 5)}██`)
  assert.equal(lineAt(31, rows, text.length + 5), text)
})

test('a young run has few bars', () => {
  assert.match(lineAt(6, stream({ from: 0, to: 5, perSecond: 10 }), 200), / {2}▁█{5}$/)
})

test('a run that sends no HTTP is told by its operations', () => {
  const operation = { metric: 'operation_duration', tags: { status: undefined } }
  const failed = { ...operation, tags: { status: undefined, expected_response: 'false' } }
  const rows = inOrder(
    stream({ from: 0, to: 40, perSecond: 9, ...operation }),
    stream({ from: 0, to: 40, perSecond: 1, value: 900, ...failed }),
  )
  const plan = createPlan({ endpoints: [] })

  assert.match(
    lineOf(plan, { seconds: 40.5, rows, columns: 200 }),
    / {2}10 operations\/s {2}p95 20 ms {2}40 errors \(10%\) {2}█+$/,
  )
  assert.match(lineOf(plan, { seconds: 0 }), / {2}0 operations\/s /)
  const optional = createPlan({ endpoints: ['GET /x'], optionalEndpoints: ['GET /x'] })
  assert.match(lineOf(optional, { seconds: 40.5, rows }), / {2}10 operations\/s /)
})

test('one that sends HTTP is told by its requests, whatever it declares', () => {
  const rows = inOrder(
    stream({ from: 0, to: 40, perSecond: 30 }),
    stream({ from: 0, to: 40, perSecond: 10, metric: 'operation_duration' }),
  )
  for (const plan of [createPlan(), createPlan({ endpoints: [] })]) {
    assert.match(lineOf(plan, { seconds: 40.5, rows }), / {2}30 requests\/s /)
  }
})

function lineAt(seconds: number, rows: LiveRow[], columns?: number): string {
  return lineOf(createPlan(), { seconds, rows, columns })
}

interface At {
  seconds: number
  rows?: LiveRow[]
  columns?: number | undefined
}

function lineOf(plan: RunPlan, { seconds, rows = [], columns }: At): string {
  const status = createLiveStatus({ plan, startUs: () => START_US })
  for (const row of rows) if (status.metrics.has(row.metric)) status.add(row)
  return status.line(START_US + seconds * 1e6, columns)
}
