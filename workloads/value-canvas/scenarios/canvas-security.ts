// Canvas security: the same call with and without its check, in pairs; does the check cost less than a fifth?
import { iterationsPerUser } from '../../../lib/load-shapes.ts'
import { defineScenario } from '../../../lib/scenario.ts'
import { workload } from '../workload.ts'

const scenario = defineScenario({
  workload: { ...workload, thinkTime: { seconds: 0.1 } },
  mix: 'security',
  shape: iterationsPerUser({ users: 5, iterations: 200, maxDuration: '5m' }),
})

export const options = scenario.options
export const setup = scenario.setup
export const teardown = scenario.teardown
export default scenario.iteration
