// Canvas ramp-up: from nobody to 100 people in ten seconds; does the first rush hurt?
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
