// Canvas reads: 100 users with 50 reads each; are all 5,000 right and fast?
import { iterationsPerUser } from '../../../lib/load-shapes.ts'
import { defineScenario } from '../../../lib/scenario.ts'
import { workload } from '../workload.ts'

const scenario = defineScenario({
  workload: { ...workload, thinkTime: { medianSeconds: 0.3, p95Seconds: 0.8 } },
  mix: 'reads',
  shape: iterationsPerUser({ users: 100, iterations: 50, maxDuration: '10m' }),
})

export const options = scenario.options
export const setup = scenario.setup
export const teardown = scenario.teardown
export default scenario.iteration
