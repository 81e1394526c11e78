import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { plannedIterations, planOfOptions } from './plan-of-options.ts'

// The types of k6 ask for more than k6 does.
function planOf(options: object) {
  return planOfOptions(options, { workload: 'shop', endpoints: ['GET /'] })
}

/** Model, length, highest load, and the course of the load. */
function loadOf(options: object) {
  const plan = planOf(options)
  const course = plan?.phases[0]?.via?.map(({ seconds, target }) => `${seconds}:${target}`)
  return plan && [plan.model, plan.durationSeconds, plan.target, course?.join(' ')]
}

describe('the load of a script of anybody', () => {
  const cases: [what: string, options: object, load: unknown[]][] = [
    ['vus and duration', { vus: 5, duration: '20s' }, ['closed', 20, 5, '0:0 0:5 20:5 20:0']],
    [
      'stages',
      {
        stages: [
          { duration: '10s', target: 11 },
          { duration: '5s', target: 11 },
        ],
      },
      ['closed', 15, 11, '0:0 0:1 10:11 10:11 15:11 15:0'],
    ],
    ['a number of iterations', { vus: 2, iterations: 9 }, ['once', 600, 2, '0:0 0:2 600:2 600:0']],
    [
      'a rate per minute',
      {
        scenarios: {
          a: { executor: 'constant-arrival-rate', rate: 120, timeUnit: '1m', duration: '30s' },
        },
      },
      ['open', 30, 2, '0:0 0:2 30:2 30:0'],
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
      ['closed', 20, 7, '0:0 0:3 10:3 10:3 20:7 20:0'],
    ],
  ]
  for (const [what, options, load] of cases) {
    test(what, () => assert.deepEqual(loadOf(options), load))
  }

  test('is not known where users and rates are mixed, or somebody else controls it', () => {
    const users = { executor: 'constant-vus', vus: 3, duration: '20s' }
    const rate = { executor: 'constant-arrival-rate', rate: 1, duration: '20s' }
    assert.equal(planOf({ scenarios: { users, rate } }), undefined)
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
