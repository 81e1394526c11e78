// Canvas trees: small, medium, large, deep and wide trees at once; how long does each calculation take?
import { iterationsPerUser } from '../../../lib/load-shapes.ts'
import { defineScenario } from '../../../lib/scenario.ts'
import { workload } from '../workload.ts'

const scenario = defineScenario({
  workload: { ...workload, thinkTime: { medianSeconds: 0.3, p95Seconds: 0.8 } },
  mix: 'trees',
  shape: iterationsPerUser({ users: 20, iterations: 70, maxDuration: '10m' }),
})

export const options = scenario.options
export const setup = scenario.setup
export const teardown = scenario.teardown
export default scenario.iteration
