import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildPlan, type ScenarioDefinition } from './build-plan.ts'
import { constantUsers, everyOperationOnce, iterationsPerUser } from './load-shapes.ts'
import { type CloudSettings, DEFAULT_SETTINGS } from './run-settings.ts'
import type { Workload } from './workload.ts'

const nobody = { headers: {}, renewAtMs: Infinity, renew: () => false }

const workload: Workload = {
  name: 'shop',
  auth: { prepare: () => [], authenticator: () => nobody },
  thinkTime: { seconds: 0 },
  operations: { buy: { weight: 1, run: () => undefined } },
}

const regions = {
  'us-east': { share: 50, loadZone: 'amazon:us:ashburn' },
  'eu-west': { share: 30, loadZone: 'amazon:ie:dublin' },
  'ap-south': { share: 20, loadZone: 'amazon:in:mumbai' },
}

const ASHBURN = 'amazon:us:ashburn'

function planOf(execution?: CloudSettings['execution'], of: Partial<ScenarioDefinition> = {}) {
  const shape = constantUsers({ users: 10, duration: '1m', rampUp: '10s' })
  const cloud = execution && { name: 'shop', execution }
  const settings = { ...DEFAULT_SETTINGS, scenario: 'geo', ...(cloud && { cloud }) }
  return buildPlan({ workload, shape, ...of }, settings, [])
}

test('on this machine each region is a k6 scenario of its own', () => {
  for (const execution of [undefined, 'local'] as const) {
    const { plan, scenarios } = planOf(execution, { regions })
    assert.deepEqual(Object.keys(scenarios), ['us-east', 'eu-west', 'ap-south'])
    assert.deepEqual(
      plan.parts.map(({ region }) => region),
      ['us-east', 'eu-west', 'ap-south'],
    )
  }
})

test('in the cloud all regions share one k6 scenario, as each load zone runs a part of every one', () => {
  const { plan, scenarios, distribution } = planOf('cloud', { regions })

  assert.deepEqual(Object.keys(scenarios), ['geo'])
  assert.deepEqual(scenarios['geo']?.tags, undefined)
  assert.deepEqual(plan.parts, [
    { name: 'geo', weight: 1, regions: ['us-east', 'eu-west', 'ap-south'] },
  ])
  assert.deepEqual(plan.regions, ['us-east', 'eu-west', 'ap-south'])
  assert.deepEqual(distribution, {
    'us-east': { loadZone: ASHBURN, percent: 50 },
    'eu-west': { loadZone: 'amazon:ie:dublin', percent: 30 },
    'ap-south': { loadZone: 'amazon:in:mumbai', percent: 20 },
  })
})

test('percents add up to 100 whatever the shares are', () => {
  const thirds = Object.fromEntries(
    Object.entries(regions).map(([name, region]) => [name, { ...region, share: 1 }]),
  )
  const { distribution = {} } = planOf('cloud', { regions: thirds })

  assert.deepEqual(
    Object.values(distribution).map(({ percent }) => percent),
    [34, 33, 33],
  )
})

test('a scenario without regions names its one load zone in the cloud, and none elsewhere', () => {
  assert.deepEqual(planOf('cloud').distribution, {
    'us-east': { loadZone: ASHBURN, percent: 100 },
  })
  assert.deepEqual(planOf('cloud').plan.parts, [{ name: 'geo', weight: 1 }])
  assert.equal(planOf().distribution, undefined)
})

test('the plan says what part of the iterations each operation gets', () => {
  const run = (): void => undefined
  const mixed = { ...workload, operations: { buy: { weight: 3, run }, look: { weight: 1, run } } }
  const sharesOf = (of: Partial<ScenarioDefinition>) => planOf(undefined, of).plan.operationShares

  assert.deepEqual(sharesOf({ workload: mixed }), { buy: 0.75, look: 0.25 })
  const shape = everyOperationOnce({ maxDuration: '10s' })
  assert.deepEqual(sharesOf({ workload: mixed, shape }), { buy: 0.5, look: 0.5 })
})

test('a plan of counted iterations says how many each user makes, in the shares of the mix', () => {
  const run = (): void => undefined
  const mixed = { ...workload, operations: { buy: { weight: 3, run }, look: { weight: 1, run } } }
  const shape = iterationsPerUser({ users: 100, iterations: 50, maxDuration: '10m' })
  const { plan } = planOf(undefined, { workload: mixed, shape })

  assert.deepEqual([plan.model, plan.target, plan.iterationsPerUser], ['once', 100, 50])
  assert.deepEqual(plan.operationShares, { buy: 0.75, look: 0.25 })
  assert.equal(plan.durationSeconds, 600)
})

test('a paced user rests for the rest of the iteration, so a small machine carries more of them', () => {
  const thinking = { ...workload, thinkTime: { seconds: 3 } }
  const seconds = (of: Workload) => planOf(undefined, { workload: of }).plan.thinkSeconds
  assert.equal(seconds(thinking), 3)
  assert.equal(seconds({ ...thinking, iterationSecondsMin: 20 }), 20)
  assert.equal(seconds({ ...thinking, iterationSecondsMin: 1 }), 3)
})
