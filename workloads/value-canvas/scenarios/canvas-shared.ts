// Canvas shared: 100 users write to five canvases at once; is every accepted write still there?
import { constantUsers } from '../../../lib/load-shapes.ts'
import { defineScenario } from '../../../lib/scenario.ts'
import { workload } from '../workload.ts'

const scenario = defineScenario({
  workload,
  mix: 'shared',
  shape: constantUsers({ users: 100, duration: '30s', rampUp: '5s' }),
})

export const options = scenario.options
export const setup = scenario.setup
export const teardown = scenario.teardown
export default scenario.iteration
