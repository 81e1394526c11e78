import assert from 'node:assert/strict'
import { test } from 'node:test'
import { comparableRuns } from './comparable-runs.ts'
import { createRun } from '../../tests/support/history/example-history.ts'

test('only runs of the same scenario, workload and setup are together, newest group first', () => {
  const runs = [
    createRun(1),
    createRun(2, { setup: '50 users, 100 s, sandbox' }),
    createRun(3, { scenario: 'spike' }),
    createRun(4, { workload: 'value-canvas' }),
    createRun(5),
  ]
  const ids = comparableRuns(runs).map((group) =>
    group.runs.map(
      ({ startedAtMs }) => runs.findIndex((run) => run.startedAtMs === startedAtMs) + 1,
    ),
  )
  assert.deepEqual(ids, [[1, 5], [4], [3], [2]])
})

test('nothing that an INVALID run measured counts', () => {
  assert.deepEqual(comparableRuns([createRun(1, { verdict: 'INVALID' })]), [])
})
