// Canvas agents: 100 users call agents in turn and in parallel; are the agents fast enough?
import { iterationsPerUser } from '../../../lib/load-shapes.ts'
import { defineScenario } from '../../../lib/scenario.ts'
import { workload } from '../workload.ts'

const scenario = defineScenario({
  workload: { ...workload, thinkTime: { medianSeconds: 0.3, p95Seconds: 0.8 } },
  mix: 'agents',
  shape: iterationsPerUser({ users: 100, iterations: 20, maxDuration: '5m' }),
})

export const options = scenario.options
export const setup = scenario.setup
export const teardown = scenario.teardown
export default scenario.iteration
