import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { plannedIterations, planOfOptions } from './plan-of-options.ts'

// The types of k6 ask for more than k6 does.
function planOf(options: object) {
  return planOfOptions(options, { workload: 'shop', endpoints: ['GET /'] })
}

/** Model, length, highest load, and the phases with the load at both of their ends. */
function loadOf(options: object) {
  const plan = planOf(options)
  const phases = plan?.phases.map(({ name, startSeconds, endSeconds, target, via = [] }) => {
    return `${name} ${startSeconds}-${endSeconds} ${via.at(name === 'load' ? 1 : 0)?.target}:${target}`
  })
  return plan && [plan.model, plan.durationSeconds, plan.target, phases?.join(', ')]
}

describe('the load of a script of anybody', () => {
  const cases: [what: string, options: object, load: unknown[]][] = [
    ['vus and duration', { vus: 5, duration: '20s' }, ['closed', 20, 5, 'load 0-20 5:5']],
    [
      'stages',
      {
        stages: [
          { duration: '10s', target: 11 },
          { duration: '5s', target: 11 },
        ],
      },
      ['closed', 15, 11, 'ramp-up 0-10 1:11, hold 10-15 11:11'],
    ],
    ['a number of iterations', { vus: 2, iterations: 9 }, ['once', 600, 2, 'load 0-600 2:2']],
    [
      'a rate per minute',
      {
        scenarios: {
          a: { executor: 'constant-arrival-rate', rate: 120, timeUnit: '1m', duration: '30s' },
        },
      },
      ['open', 30, 2, 'load 0-30 2:2'],
    ],
    [
      'two scenarios, one after the other has begun',
      {
        scenarios: {
          a: { executor: 'constant-vus', vus: 3, duration: '20s' },
          b: {
            executor: 'ramping-vus',
            startVUs: 0,
            startTime: '10s',
            stages: [{ duration: '10s', target: 4 }],
          },
        },
      },
      ['closed', 20, 7, 'hold 0-10 3:3, ramp-up 10-20 3:7'],
    ],
  ]
  for (const [what, options, load] of cases) {
    test(what, () => assert.deepEqual(loadOf(options), load))
  }

  test('users, rates and counted iterations side by side keep a plan of their own each', () => {
    const users = { executor: 'constant-vus', vus: 3, duration: '20s' }
    const rate = { executor: 'constant-arrival-rate', rate: 2, duration: '10s', startTime: '5s' }
    const counted = { executor: 'per-vu-iterations', vus: 2, iterations: 4, maxDuration: '30s' }
    const plan = planOf({ scenarios: { users, rate, counted } })
    assert.deepEqual([plan?.model, plan?.durationSeconds, plan?.phases.length], ['mixed', 30, 1])
    assert.deepEqual(
      plan?.script?.map(({ name, model, iterations }) => [name, model, iterations]),
      [
        ['users', 'closed', undefined],
        ['rate', 'open', 20],
        ['counted', 'once', 8],
      ],
    )
  })

  test('what falls in between is no ramp-down, and a jump no phase', () => {
    const spike = [
      { duration: '10s', target: 10 },
      { duration: '0s', target: 50 },
      { duration: '10s', target: 50 },
      { duration: '5s', target: 10 },
      { duration: '10s', target: 10 },
      { duration: '5s', target: 0 },
    ]
    const phases = planOf({ stages: spike })?.phases.map(({ name }) => name)
    assert.deepEqual(phases, ['ramp-up', 'hold', 'fall', 'hold-2', 'ramp-down'])
  })

  test('is not known of an executor that k6 does not have', () => {
    assert.equal(planOf({ scenarios: { any: { executor: 'externally-controlled' } } }), undefined)
  })

  test('never lacks an endpoint, as nothing says which it has', () => {
    const plan = planOf({ vus: 5, duration: '20s' })
    assert.deepEqual([plan?.endpoints, plan?.optionalEndpoints], [['GET /'], ['GET /']])
  })
})

test('the iterations of a script that counts them are known', () => {
  assert.equal(plannedIterations({ vus: 2, iterations: 9 }), 9)
  const each = { executor: 'per-vu-iterations', vus: 3, iterations: 4 } as const
  assert.equal(plannedIterations({ scenarios: { each, again: each } }), 24)
  assert.equal(plannedIterations({ vus: 2, duration: '9s' }), undefined)
})
