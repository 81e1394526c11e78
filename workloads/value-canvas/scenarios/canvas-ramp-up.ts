// Canvas ramp-up: from no user to 100 in ten seconds; does anything fail or slow down?
import { constantUsers } from '../../../lib/load-shapes.ts'
import { defineScenario } from '../../../lib/scenario.ts'
import { workload } from '../workload.ts'

const scenario = defineScenario({
  workload,
  mix: 'user-workflow',
  shape: constantUsers({ users: 100, duration: '20s', rampUp: '10s' }),
})

export const options = scenario.options
export const setup = scenario.setup
export const teardown = scenario.teardown
export default scenario.iteration
