// Canvas users: 100 users at once, each with the whole workflow ten times; does it work for all of them?
import { iterationsPerUser } from '../../../lib/load-shapes.ts'
import { defineScenario } from '../../../lib/scenario.ts'
import { workload } from '../workload.ts'

const scenario = defineScenario({
  workload,
  mix: 'user-workflow',
  shape: iterationsPerUser({ users: 100, iterations: 10, maxDuration: '10m' }),
})

export const options = scenario.options
export const setup = scenario.setup
export const teardown = scenario.teardown
export default scenario.iteration
