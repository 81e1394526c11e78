import assert from 'node:assert/strict'
import { test } from 'node:test'
import { statusProblem } from './expectation.ts'

for (const { expected, status, problem } of [
  { expected: 200, status: 200 },
  { expected: [200, 201], status: 201 },
  { expected: 200, status: 201, problem: 'status-201' },
  { expected: [200, 201], status: 503, problem: 'status-503' },
  { expected: 200, status: 0, problem: 'no-answer' },
  { expected: [200], status: 0, problem: 'no-answer' },
]) {
  test(`of the status ${status}, where ${String(expected)} is expected, there is ${problem ?? 'no problem'}`, () => {
    assert.equal(statusProblem(expected, status), problem)
  })
}
