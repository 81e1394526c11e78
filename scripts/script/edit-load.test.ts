import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { editedLoad, type LoadEdit } from './edit-load.ts'
import type { AnyScenario } from '../plan/k6-options.ts'

const USERS = { executor: 'constant-vus', vus: 10, duration: '20s' } as const
const RAMP = {
  executor: 'ramping-vus',
  startVUs: 0,
  stages: [
    { duration: '10s', target: 10 },
    { duration: '1m', target: 10 },
    { duration: '10s', target: 0 },
  ],
} as const
const RATE = {
  executor: 'constant-arrival-rate',
  rate: 30,
  timeUnit: '1m',
  duration: '1m',
} as const
const COUNTED = { executor: 'shared-iterations', vus: 4, iterations: 20, exec: 'count' } as const

function edited(scenario: object, edit: LoadEdit): AnyScenario | undefined {
  return editedLoad({ one: scenario as AnyScenario }, edit)['one']
}

describe('another load', () => {
  test('users in proportion', () => {
    const both = editedLoad({ a: USERS, b: { ...USERS, vus: 30 } }, { users: 8 })
    assert.deepEqual([both['a']?.['vus'], both['b']?.['vus']], [2, 6])
    const stages = edited(RAMP, { users: 3 })?.['stages'] as { target: number }[]
    assert.deepEqual(
      stages.map(({ target }) => target),
      [3, 3, 0],
    )
  })

  test('a rate, as finely as k6 takes it', () => {
    const found = edited(RATE, { rate: 2 })
    assert.deepEqual([found?.['rate'], found?.['timeUnit']], [7_200, '1h'])
  })

  test('how long it is held', () => {
    assert.equal(edited(USERS, { duration: '5s' })?.['duration'], '5s')
    const stages = edited(RAMP, { duration: '5s' })?.['stages'] as { duration: string }[]
    assert.deepEqual(
      stages.map(({ duration }) => duration),
      ['10s', '5s', '10s'],
    )
  })

  test('all durations shorter, and the load as it is', () => {
    const late = { ...RAMP, startTime: '30s' }
    const found = edited(late, { timeScale: 0.1 })
    const durations = (found?.['stages'] as { duration: string }[]).map(({ duration }) => duration)
    assert.deepEqual(
      [found?.['startTime'], durations, found?.['startVUs']],
      ['3s', ['1s', '6s', '1s'], 0],
    )
  })

  test('each scenario once, with its own function', () => {
    assert.deepEqual(edited({ ...COUNTED, startTime: '5s' }, { smoke: true }), {
      executor: 'per-vu-iterations',
      ...{ vus: 1, iterations: 1, exec: 'count' },
    })
  })
})

for (const [what, scenario, edit] of [
  ['users of a rate', RATE, { users: 5 }],
  ['the rate of users', USERS, { rate: 5 }],
  ['the length of counted iterations', COUNTED, { duration: '5s' }],
  ['the time scale of counted iterations', COUNTED, { timeScale: 0.5 }],
] as const) {
  test(`${what} cannot be changed`, () => {
    assert.throws(() => edited(scenario, edit), { code: 'K6V_LOAD_NOT_EDITABLE' })
  })
}
