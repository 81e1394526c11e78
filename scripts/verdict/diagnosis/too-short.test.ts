import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileAll, createPlan } from '../../../tests/support/sla/example.ts'
import type { ObjectiveResult } from '../rules/judge-objective.ts'
import { createFacts } from '../../../tests/support/verdict/example-diagnosis.ts'
import { tooShort } from './too-short.ts'

const hold = (seconds: number) =>
  createPlan({ phases: [{ name: 'hold', startSeconds: 0, endSeconds: seconds, target: 100 }] })

test('19 judged seconds are too few for an interval, 20 are enough', () => {
  assert.match(tooShort(createFacts({ plan: hold(19) }))[0]?.text ?? '', /^Only 19 s .* needs 20 s/)
  assert.deepEqual(tooShort(createFacts({ plan: hold(20) })), [])
})

function diagnoseSamples(
  samples: number,
  verdict: ObjectiveResult['verdict'],
  plan = createPlan({}),
) {
  const objectives = compileAll([{ indicator: { latency: 'p99' }, limit: '< 200ms' }])
  const rest = {
    level: 'required',
    indicator: 'latency p99',
    limit: '< 200ms',
    bound: 200,
    unit: 'ms',
  } as const
  const results = objectives.map(({ id }) => ({ id, samples, verdict, ...rest }))
  return tooShort(createFacts({ plan, objectives, results }))
}

test('an objective that lacks samples says how many times longer the run has to be', () => {
  const [found] = diagnoseSamples(300, 'NO_DATA')

  assert.equal(found?.text, 'o-1 had 300 samples and needs 1,000.')
  assert.match(found.advice, /3\.4 times as long/)
})

test('of counted iterations it says how many, and no time', () => {
  const plan = createPlan({ model: 'once', target: 10, iterationsPerUser: 30 })
  const [found] = diagnoseSamples(300, 'NO_DATA', plan)

  assert.equal(found?.advice, 'Make 3.4 times as many iterations: 1,020 in all.')
  assert.match(
    tooShort(createFacts({ plan: { ...plan, phases: hold(9).phases } }))[0]?.advice ?? '',
    /^Make more iterations\.$/,
  )
})

test('an objective that has them is not told, nor one without any', () => {
  assert.deepEqual(diagnoseSamples(1_000, 'PASS'), [])
  assert.deepEqual(diagnoseSamples(0, 'NO_DATA'), [])
})

test('a smoke test is meant to be short', () => {
  assert.deepEqual(tooShort(createFacts({ plan: { ...hold(1), judges: 'ratios' } })), [])
})
