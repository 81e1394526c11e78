// Canvas sustained: 50 users for 30 seconds; does it hold up?
import { constantUsers } from '../../../lib/load-shapes.ts'
import { defineScenario } from '../../../lib/scenario.ts'
import { workload } from '../workload.ts'

const scenario = defineScenario({
  workload,
  mix: 'user-workflow',
  shape: constantUsers({ users: 50, duration: '30s' }),
})

export const options = scenario.options
export const setup = scenario.setup
export const teardown = scenario.teardown
export default scenario.iteration
