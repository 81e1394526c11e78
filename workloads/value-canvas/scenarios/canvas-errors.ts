// Canvas errors: unknown canvases, invalid states, invalid tokens; is each refused with the right status?
import { constantUsers } from '../../../lib/load-shapes.ts'
import { defineScenario } from '../../../lib/scenario.ts'
import { workload } from '../workload.ts'

const scenario = defineScenario({
  workload,
  mix: 'errors',
  shape: constantUsers({ users: 50, duration: '30s' }),
})

export const options = scenario.options
export const setup = scenario.setup
export const teardown = scenario.teardown
export default scenario.iteration
