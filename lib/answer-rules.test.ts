import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problemFinder } from './answer-rules.ts'
import type { Response } from './session.ts'

const LOOKUP = { statuses: [200, 404] }

for (const { endpoint = {}, status, body = {}, ms = 5, problem } of [
  { status: 200 },
  { status: 201 },
  { status: 503, problem: 'status-503' },
  { status: 0, problem: 'no-answer' },
  { endpoint: LOOKUP, status: 404 },
  { endpoint: LOOKUP, status: 201, problem: 'status-201' },
  { status: 200, body: null, problem: 'type' },
  { status: 200, body: { size: -1 }, problem: 'minimum-size' },
  { status: 200, body: { size: 3 }, problem: 'is-small' },
  { status: 200, ms: 51, problem: 'too-slow' },
]) {
  test(`a response ${status} ${JSON.stringify(body)} after ${ms} ms has ${problem ?? 'no problem'}`, () => {
    const problemOf = problemFinder<{ size?: number }, undefined>(endpoint, {
      schema: { type: 'object', properties: { size: { minimum: 0 } }, required: [] },
      durationMsMax: 50,
      rules: { 'is-small': ({ size = 0 }) => size < 3 },
    })
    const response = { status, timings: { duration: ms } } as Response

    assert.equal(problemOf(response, body as { size?: number }, undefined), problem)
  })
}

test('a body that is missing where something is asked of it is no JSON, and a rule that throws is broken', () => {
  const response = { status: 200, timings: { duration: 1 } } as Response
  const throwing = {
    rules: {
      reads: () => {
        throw new Error('no field')
      },
    },
  }

  assert.equal(problemFinder({}, throwing)(response, undefined, undefined), 'not-json')
  assert.equal(problemFinder({}, throwing)(response, {}, undefined), 'reads')
  assert.equal(problemFinder({}, {})(response, undefined, undefined), undefined)
})
