import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Expectation, prepareRules, ruleProblem, statusProblem } from './expectation.ts'

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

interface Order {
  items: string[]
}

const expectation: Expectation<Order, number> = {
  rules: {
    'has-items': ({ items }) => items.length > 0,
    'first-named': ({ items }) => items.every((item) => item.length > 0),
    'as-ordered': ({ items }, wanted) => items.length <= wanted,
  },
}

for (const { title, items, problem } of [
  { title: 'rules that hold', items: ['book', 'pen'] },
  { title: 'more than was asked for', items: ['a', 'b', 'c'], problem: 'as-ordered' },
  { title: 'a broken rule', items: [], problem: 'has-items' },
  { title: 'a rule that throws', items: [null], problem: 'first-named' },
]) {
  test(`${title}: ${problem ?? 'no problem'}`, () => {
    assert.equal(ruleProblem(prepareRules(expectation) ?? [], { items }, 2), problem)
  })
}

test('without rules there is nothing to look at', () => {
  assert.equal(prepareRules({}), undefined)
  assert.equal(prepareRules({ rules: {} }), undefined)
})
