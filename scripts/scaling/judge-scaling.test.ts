import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgeScaling, type MeasuredStep, scalingExitCode } from './judge-scaling.ts'

const estimate = (value: number, part = 0.02) => ({
  value,
  interval: { low: value * (1 - part), high: value * (1 + part) },
})

function step(replicas: number, perSecond: number, change: Partial<MeasuredStep> = {}) {
  const throughput = { all: estimate(perSecond), half: estimate(perSecond), failed: 0, p50Ms: 10 }
  return { replicas, run: `r${replicas}`, users: 16 * replicas, throughput, faults: [], ...change }
}

function judged(steps: MeasuredStep[], limit: number | undefined = 0.85) {
  const verdict = judgeScaling(steps, limit)
  const codes = verdict.reasons.map(({ code }) => code)
  return { ...verdict, codes, exitCode: scalingExitCode(verdict) }
}

test('replicas that keep their efficiency are a PASS, with a law', () => {
  const { verdict, isClose, exitCode, steps, law } = judged([
    step(1, 10),
    step(2, 19.6),
    step(4, 38),
  ])
  assert.deepEqual([verdict, isClose, exitCode], ['PASS', false, 0])
  assert.deepEqual(
    steps.map(({ efficiency }) => Number(efficiency?.value.toFixed(6))),
    [1, 0.98, 0.95],
  )
  assert.ok(law && law.sigma > 0)
})

test('a number of replicas below the limit is a FAIL that names it', () => {
  const { verdict, codes, reasons, exitCode } = judged([step(1, 10), step(2, 19), step(4, 28)])
  assert.deepEqual([verdict, exitCode], ['FAIL', 99])
  assert.deepEqual(codes, ['EFFICIENCY_MISSED'])
  assert.equal(reasons[0]?.text, '4 replicas: efficiency 70%, expected at least 85%')
})

test('a limit within the interval is close, on both sides', () => {
  for (const [perSecond, word] of [
    [17.1, 'PASS'],
    [16.9, 'FAIL'],
  ] as const) {
    const { verdict, isClose, codes } = judged([step(1, 10), step(2, perSecond)])
    assert.deepEqual([verdict, isClose], [word, true])
    assert.ok(codes.includes('EFFICIENCY_CLOSE'))
  }
})

test('a clear miss is not made close by another number of replicas', () => {
  const { isClose, codes } = judged([step(1, 10), step(2, 17.1), step(4, 20)])
  assert.equal(isClose, false)
  assert.deepEqual(codes, ['EFFICIENCY_MISSED'])
})

test('steps that were not measured let nothing pass, but the others keep their law', () => {
  const steps = [step(1, 10), step(2, 20), step(4, 40)]
  const found = judgeScaling(steps, 0.85, [{ replicas: 8, why: 'you stopped it' }])
  assert.equal(found.verdict, 'INVALID')
  assert.deepEqual(
    found.reasons.map(({ text }) => text),
    ['8 replicas: not measured (you stopped it)'],
  )
  assert.ok(found.law)
})

test('without a limit it is measured and not judged', () => {
  const { verdict, exitCode, law } = judgeScalingOf([step(1, 10), step(2, 5), step(3, 4)])
  assert.deepEqual([verdict, exitCode], ['NO_OBJECTIVES', 0])
  assert.ok(law)
})

const judgeScalingOf = (steps: MeasuredStep[]) => {
  const verdict = judgeScaling(steps, undefined)
  return { ...verdict, exitCode: scalingExitCode(verdict) }
}

test('a generator that was the limit makes it INVALID, whatever was measured', () => {
  const faults = ['k6 used all of its CPUs']
  const { verdict, codes, exitCode, law } = judged([step(1, 10), step(2, 5, { faults })])
  assert.deepEqual([verdict, exitCode, codes[0]], ['INVALID', 91, 'STEP_INVALID'])
  assert.equal(law, undefined)
})

test('operations that fail are no throughput, and a hundredth of them makes it INVALID', () => {
  const throughput = { all: estimate(20), half: estimate(20), failed: 0.02 }
  const { verdict, reasons } = judged([step(1, 10), step(2, 20, { throughput })])
  assert.equal(verdict, 'INVALID')
  assert.match(reasons[0]?.text ?? '', /2% of its operations failed$/)
})

test('users who still get more done have not found the most: NO_DATA', () => {
  const throughput = { all: estimate(19.8), half: estimate(10), failed: 0 }
  const { verdict, reasons, exitCode, law } = judged([step(1, 10), step(2, 19.8, { throughput })])
  assert.deepEqual([verdict, exitCode], ['NO_DATA', 90])
  assert.match(reasons[0]?.text ?? '', /^2 replicas: 32 users got 1\.98 times as much done/)
  assert.equal(law, undefined)
})

test('a run without a number is NO_DATA, and so is a single step', () => {
  const empty = judged([step(1, 10), step(2, 0, { throughput: { failed: 0 } })])
  assert.deepEqual([empty.verdict, empty.codes], ['NO_DATA', ['STEP_UNMEASURED']])
  assert.equal(judged([step(1, 10)]).verdict, 'NO_DATA')
  assert.equal(judged([]).verdict, 'NO_DATA')
})
