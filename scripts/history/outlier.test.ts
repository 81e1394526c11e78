import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { projectPath } from '../core/project.ts'
import { outlierOf } from './outlier.ts'

/** p50 and p95 of 80 real runs of one unchanged server, in order. */
const RUNS = JSON.parse(
  readFileSync(projectPath('tests', 'support', 'compare', 'aa-runs.json'), 'utf8'),
) as Record<'p50Ms' | 'p95Ms', number[]>

const QUIET = RUNS.p95Ms.slice(0, 40)

const calledIn = (values: readonly number[]) =>
  values.flatMap((value, index) => (outlierOf(values.slice(0, index + 1)) ? [value] : []))

test('of 140 looks at equal runs, 5 % are called, four of them runs that were slow', () => {
  assert.deepEqual(calledIn(RUNS.p50Ms), [12.8, 17.9, 24.2, 11.7])
  assert.deepEqual(calledIn(RUNS.p95Ms), [66.6, 417.5, 26.5])
})

test('with ten runs nothing is said, with eleven it is', () => {
  const before = QUIET.slice(0, 10)
  assert.equal(outlierOf([...before.slice(1), 100]), undefined)
  const found = outlierOf([...before, 100])
  assert.ok(
    found && found.usual > 24 && found.usual < 25 && found.bound < 30,
    JSON.stringify(found),
  )
})

test('the bound is the one of Student’s t', () => {
  // Logs 0 and 0.2 in turn: mean 0.1, s 0.10541; t(0.99, 9) = 2.8214, so exp(0.1 + 2.8214 s sqrt(1.1)).
  const before = Array.from({ length: 10 }, (_, index) => Math.exp((index % 2) * 0.2))
  const bound = Math.exp(0.1 + 2.8214 * 0.105409 * Math.sqrt(1.1))
  assert.equal(outlierOf([...before, bound * 0.999]), undefined)
  assert.ok(Math.abs((outlierOf([...before, bound * 1.001])?.bound ?? 0) / bound - 1) < 0.001)
})

test('less than 5 % is nothing, however steady the runs before were, and better is never out of line', () => {
  const before = Array<number>(10).fill(0.5)
  assert.equal(outlierOf([...before, 0.5249]), undefined)
  assert.ok(outlierOf([...before, 0.5251]))
  assert.equal(outlierOf([...before, 0.1]), undefined)
})

test('values without a logarithm say nothing', () => {
  assert.equal(outlierOf([...Array<number>(10).fill(0), 0.5]), undefined)
})
