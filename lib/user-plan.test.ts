import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildPlan, type ScenarioDefinition } from './build-plan.ts'
import { spikes, steppedRate } from './load-shapes.ts'
import { DEFAULT_SETTINGS } from './run-settings.ts'
import { loadsOf, phasesOfTimeline, userPlanOf } from './user-plan.ts'
import type { Workload } from './workload.ts'

const run = (): void => undefined
const workload: Workload = {
  name: 'shop',
  auth: { authenticator: () => ({ headers: {}, renewAtMs: Infinity, renew: () => false }) },
  thinkTime: { seconds: 0 },
  operations: { buy: { weight: 7, run }, look: { weight: 3, run } },
}
const spike = spikes({ usualUsers: 10, peakUsers: 100, cycles: 2, peak: '7s', recovery: '11s' })
const stair = steppedRate({
  from: 150,
  to: 2_250,
  steps: 15,
  step: '30s',
  settling: '5s',
  iterationSeconds: 1,
})

function planOf(definition: Omit<ScenarioDefinition, 'workload'>, timeScale = 1) {
  return buildPlan({ workload, ...definition }, { ...DEFAULT_SETTINGS, timeScale }).plan
}

for (const [name, shape] of Object.entries({ spike, stair })) {
  for (const timeScale of [1, 0.013]) {
    test(`the phases of a ${name} come back from its timeline and its targets, at ${timeScale} of its time`, () => {
      const plan = planOf({ shape }, timeScale)
      const { timeline } = userPlanOf(plan)

      assert.deepEqual(phasesOfTimeline(timeline, loadsOf(plan.phases)), plan.phases)
    })
  }
}

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
