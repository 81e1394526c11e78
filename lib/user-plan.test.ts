import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildPlan, type ScenarioDefinition } from './build-plan.ts'
import { spikes } from './load-shapes.ts'
import { DEFAULT_SETTINGS } from './run-settings.ts'
import { userPlanOf } from './user-plan.ts'
import type { Workload } from './workload.ts'

const run = (): void => undefined
const workload: Workload = {
  name: 'shop',
  auth: { authenticator: () => ({ headers: {}, renewAtMs: Infinity, renew: () => false }) },
  thinkTime: { seconds: 0 },
  operations: { buy: { weight: 7, run }, look: { weight: 3, run } },
}
const spike = spikes({ usualUsers: 10, peakUsers: 100, cycles: 2, peak: '7s', recovery: '11s' })
function planOf(definition: Omit<ScenarioDefinition, 'workload'>) {
  return buildPlan({ workload, ...definition }, DEFAULT_SETTINGS).plan
}

test('a user has the name and the end of each phase', () => {
  const { phases } = planOf({ shape: spike })
  const { timeline } = userPlanOf(planOf({ shape: spike }))

  assert.deepEqual(
    timeline,
    phases.flatMap(({ name, endSeconds }) => [name, endSeconds]),
  )
})

test('a user knows its part where parts differ, and nothing of it where there is one for all', () => {
  const regions = { eu: { share: 1, loadZone: 'a' }, us: { share: 1, loadZone: 'b' } }
  const { partNames, partsAre, ...rest } = userPlanOf(planOf({ shape: spike, regions }))

  assert.deepEqual({ partNames, partsAre }, { partNames: ['eu', 'us'], partsAre: 'regions' })
  assert.deepEqual(userPlanOf(planOf({ shape: spike })), rest)
  assert.deepEqual(userPlanOf(planOf({ shape: spike, scenarioPerOperation: true })), {
    ...rest,
    partNames: ['buy', 'look'],
    partsAre: 'operations',
  })
})
