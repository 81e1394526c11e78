// Canvas mixed: 100 users read, write, run workflows and follow changes in the usual shares; is it fast?
import { constantUsers } from '../../../lib/load-shapes.ts'
import { defineScenario } from '../../../lib/scenario.ts'
import { workload } from '../workload.ts'

const scenario = defineScenario({
  workload,
  shape: constantUsers({ users: 100, duration: '1m', rampUp: '10s' }),
})

export const options = scenario.options
export const setup = scenario.setup
export const teardown = scenario.teardown
export default scenario.iteration
