import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRun } from '../../tests/support/suite/example-suite.ts'
import { troubleOf } from './run-one.ts'

const { outcome: pass } = createRun({ verdict: 'PASS' })
const { outcome: close } = createRun({ verdict: 'PASS', isClose: true })
const { outcome: fail } = createRun({ verdict: 'FAIL' })
assert.ok(pass && close && fail)

test('a run that ended by itself has the verdict in its folder', () => {
  assert.equal(troubleOf({ exitCode: 0 }, pass), undefined)
  assert.equal(troubleOf({ exitCode: 99 }, fail), undefined)
  assert.equal(troubleOf({ exitCode: 99 }, close), undefined)
})

test('the verdict of a run that was killed does not count: it may be that of its first pass', () => {
  assert.match(
    troubleOf({}, pass) ?? '',
    /^it was killed, so the PASS in its folder does not count$/,
  )
})

test('a run that crashed after its PASS does not pass', () => {
  const said = troubleOf({ exitCode: 1, error: 'K6V_X: no' }, pass)
  assert.match(said ?? '', /^it ended with exit code 1, so the PASS .* does not count: K6V_X: no$/)
})

test('a run without a verdict says why', () => {
  const none = { trouble: 'it left no run folder' }
  assert.match(troubleOf({ exitCode: 2 }, none) ?? '', /exit code 2 and without a verdict: it left/)
})
