import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RampingVUsScenario } from 'k6/options'
import { k6Scenarios, oneUser } from './k6-scenarios.ts'
import {
  constantRate,
  constantUsers,
  everyOperationOnce,
  iterationsPerUser,
} from './load-shapes.ts'

const mix = [
  { name: 'enhance', weight: 70 },
  { name: 'batch', weight: 20 },
  { name: 'history', weight: 10 },
]

const waits = { requestTimeoutSeconds: 10, gracefulStopSeconds: 30, gracefulRampDownSeconds: 32 }

function rateOf(ratePerSecond: number, name: string): number {
  const shape = constantRate({ ratePerSecond, duration: '1m', rampUp: '1s', iterationSeconds: 1 })
  const scenario = k6Scenarios(shape, mix, waits)[name] as {
    stages: { target: number }[]
    timeUnit: string
  }
  const target = scenario.stages.at(-1)?.target ?? 0
  assert.ok(Number.isInteger(target), 'k6 takes whole rates only')
  return target / Number.parseFloat(scenario.timeUnit)
}

for (const total of [1_000, 15, 7, 1]) {
  test(`a rate of ${total}/s is divided 70, 20, 10 exactly`, () => {
    assert.equal(rateOf(total, 'enhance'), (total * 70) / 100)
    assert.equal(rateOf(total, 'batch'), (total * 20) / 100)
    assert.equal(rateOf(total, 'history'), (total * 10) / 100)
  })
}

test('a whole rate is written per second, as a person would', () => {
  const shape = constantRate({
    ratePerSecond: 1_000,
    duration: '1m',
    rampUp: '1s',
    iterationSeconds: 1,
  })

  const { enhance } = k6Scenarios(shape, mix, waits) as Record<string, { timeUnit?: string }>
  assert.equal(enhance?.timeUnit, '1s')
})

test('the users of all regions add up to the users of the shape at every stage', () => {
  const shape = constantUsers({ users: 101, duration: '1m', rampUp: '10s' })
  const regions = ['a', 'b', 'c'].map((name) => ({ name, weight: 1, region: name }))

  const scenarios = Object.values(k6Scenarios(shape, regions, waits)) as {
    stages: { target: number }[]
    tags: Record<string, string>
  }[]
  const total = scenarios.reduce((sum, { stages }) => sum + (stages.at(-1)?.target ?? 0), 0)
  assert.equal(total, 101)
  assert.deepEqual(scenarios[0]?.tags, { region: 'a' })
})

test('counted iterations are those of each user, and regions divide the users', () => {
  const shape = iterationsPerUser({ users: 5, iterations: 20, maxDuration: '10m' })
  const regions = ['a', 'b'].map((name) => ({ name, weight: 1, region: name }))
  const counted = { executor: 'per-vu-iterations', iterations: 20, maxDuration: '600s' }

  assert.deepEqual(k6Scenarios(shape, regions, waits), {
    a: { ...counted, vus: 3, gracefulStop: '30s', tags: { region: 'a' } },
    b: { ...counted, vus: 2, gracefulStop: '30s', tags: { region: 'b' } },
  })
})

test('the pool of an open model follows its rate by Little’s law', () => {
  const shape = constantRate({
    ratePerSecond: 100,
    duration: '1m',
    rampUp: '1s',
    iterationSeconds: 2,
  })

  const { only } = k6Scenarios(shape, [{ name: 'only', weight: 1 }], waits) as Record<
    string,
    { maxVUs?: number }
  >
  assert.equal(only?.maxVUs, 200)
})

test('every executor waits at its end for what has begun, and a falling load for pauses too', () => {
  const users = constantUsers({ users: 10, duration: '1m' })
  const rate = constantRate({ ratePerSecond: 9, duration: '1m', rampUp: '1s', iterationSeconds: 1 })
  const once = everyOperationOnce({ maxDuration: '10s' })
  const one = [{ name: 'one', weight: 1 }]

  const { one: closed } = k6Scenarios(users, one, waits)
  assert.deepEqual(
    [closed?.gracefulStop, (closed as RampingVUsScenario).gracefulRampDown],
    ['30s', '32s'],
  )
  assert.equal(k6Scenarios(rate, one, waits)['one']?.gracefulStop, '30s')
  assert.equal(oneUser('one', once, { iterations: 3, waits })['one']?.gracefulStop, '30s')
})
