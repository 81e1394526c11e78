// Canvas writes: 100 users with 20 writes each; are all 2,000 stored, and fast?
import { iterationsPerUser } from '../../../lib/load-shapes.ts'
import { defineScenario } from '../../../lib/scenario.ts'
import { workload } from '../workload.ts'

const scenario = defineScenario({
  workload: { ...workload, thinkTime: { medianSeconds: 0.3, p95Seconds: 0.8 } },
  mix: 'writes',
  shape: iterationsPerUser({ users: 100, iterations: 20, maxDuration: '10m' }),
})

export const options = scenario.options
export const setup = scenario.setup
export const teardown = scenario.teardown
export default scenario.iteration
