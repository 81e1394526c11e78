import assert from 'node:assert/strict'
import { test } from 'node:test'
import { outlierOf } from './outlier.ts'

/** p95 of 40 equal runs on a quiet machine, in ms; the research's fixture (docs/history.md). */
const QUIET = [
  23.1, 26.8, 22.4, 24.2, 23.9, 24.6, 23.5, 24.4, 26.6, 23.0, 26.6, 29.0, 29.4, 24.5, 24.1, 24.6,
  23.8, 22.9, 26.0, 25.7, 24.6, 24.2, 23.3, 24.2, 23.1, 22.1, 23.7, 23.6, 23.9, 22.8, 25.7, 25.2,
  26.9, 27.6, 66.6, 32.4, 31.4, 26.1, 25.5, 24.2,
]

/** p50 of the next 40, with other heavy work on the machine. */
const NOISY = [
  11.9, 12.7, 14.2, 13.0, 16.6, 24.2, 15.6, 14.1, 13.8, 14.4, 12.4, 12.2, 11.7, 12.4, 11.8, 12.2,
  11.8, 12.8, 14.8, 12.5, 12.2, 11.4, 11.8, 11.3, 11.3, 10.9, 11.2, 10.8, 10.8, 11.0, 10.8, 11.4,
  11.0, 10.9, 11.7, 11.4, 11.5, 11.4, 11.1, 11.0,
]

const calledIn = (values: readonly number[]) =>
  values.flatMap((value, index) => (outlierOf(values.slice(0, index + 1)) ? [value] : []))

test('of 60 real equal runs, the one of 66.6 ms is called, and one by mistake', () => {
  assert.deepEqual(calledIn(QUIET), [66.6])
  assert.deepEqual(calledIn(NOISY), [11.7])
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
