import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRandom } from '../../../lib/random.ts'
import { badSteps, type Course, exceeds, type Step } from './course.ts'
import { growthOf, periodOf, phasesOf, startOf } from './shape.ts'

const random = createRandom(5)

/** A minute of 100 rows a second, with so many bad ones. */
function courseOf(
  bad: (second: number) => number,
  phase: (second: number) => string = () => 'hold',
): Course {
  const steps = Array.from({ length: 60 }, (_, at) => ({
    at,
    phase: phase(at),
    rows: 100,
    bad: bad(at),
  }))
  return { steps, stepSeconds: 1, endSeconds: steps.length, allowed: 0.05 }
}

const meanBad = (steps: readonly Step[]): number =>
  steps.reduce((sum, { bad }) => sum + bad, 0) / steps.length

test('chance makes one second in five hundred bad at most', () => {
  for (const [rows, allowed] of [
    [30, 0.05],
    [100, 0.05],
    [300, 0.01],
    [50, 0.5],
  ] as const) {
    let marked = 0
    for (let round = 0; round < 4_000; round++) {
      const bad = Array.from({ length: rows }, () => random()).filter((at) => at < allowed).length
      if (exceeds({ rows, bad }, allowed)) marked++
    }
    assert.ok(marked <= 8, `${marked} of 4000 seconds with ${rows} rows`)
  }
})

test('bad seconds take silent neighbours and single gaps along, and no others', () => {
  const course = courseOf((second) => (second === 20 || second === 22 ? 60 : 3))
  const silent = {
    ...course,
    steps: course.steps.map((step) => (step.at === 23 ? { ...step, rows: 0, bad: 0 } : step)),
  }
  assert.deepEqual([...badSteps(silent)].sort(), [20, 21, 22, 23])
})

test('the start is the first group that holds nearly all', () => {
  const steps = (course: Course) => startOf(course, badSteps(course))
  assert.equal(steps(courseOf((second) => (second < 8 ? 50 : 3)))?.size, 8)
  assert.equal(steps(courseOf((second) => (second > 20 && second < 28 ? 50 : 3))), undefined)
  assert.equal(steps(courseOf((second) => (second < 30 ? 50 : 3))), undefined)
})

test('a period needs three moments at the same distance', () => {
  assert.equal(periodOf([10, 20]), undefined)
  assert.equal(periodOf([10, 20, 30.5]), 10.25)
  assert.equal(periodOf([10, 20, 34]), undefined)
  assert.equal(periodOf([10, 11, 12, 13]), undefined)
})

test('a phase is named when it is bad through half of its time', () => {
  const phase = (second: number): string => (second < 40 ? 'baseline' : 'spike-1')
  const spike = courseOf((second) => (second >= 42 ? 40 : 3), phase)
  assert.deepEqual(phasesOf(spike, badSteps(spike)), ['spike-1'])
  const moment = courseOf((second) => (second >= 42 && second < 46 ? 40 : 3), phase)
  assert.equal(phasesOf(moment, badSteps(moment)), undefined)
})

test('a growth rises all through the run; a step, a burst and noise do not', () => {
  const noisy = (): number => 4 * random()
  const grows = (bad: (second: number) => number) => growthOf(courseOf(bad).steps, meanBad, 1.3)
  assert.ok(grows((second) => 3 + second / 2 + noisy()))
  assert.equal(
    grows((second) => (second < 40 ? 3 : 30) + noisy()),
    undefined,
  )
  assert.equal(
    grows((second) => (second > 50 && second < 55 ? 60 : 3) + noisy()),
    undefined,
  )
  const byChance = Array.from({ length: 500 }, () => grows(() => 3 + noisy())).filter(Boolean)
  assert.ok(byChance.length <= 5, `${byChance.length} of 500`)
})
