import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Course } from './course.ts'
import { secondsOfSteps, stretchesOf } from './words.ts'

test('no stretch of a run is longer than the run, however long its steps are', () => {
  const step = (at: number) => ({ at, phase: 'hold', rows: 15, bad: 15 })
  const course: Course = { steps: [step(0), step(10)], stepSeconds: 10, endSeconds: 13, allowed: 0 }
  const both = new Set([0, 1])
  assert.deepEqual(stretchesOf(course, both), [{ startSeconds: 0, endSeconds: 13, phase: 'hold' }])
  assert.equal(secondsOfSteps(course, both), 13)
  assert.equal(secondsOfSteps(course, new Set([0])), 10)
})
