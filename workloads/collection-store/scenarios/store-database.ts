// Store, records: 60 % reads, 20 % writes, 15 % updates, 3 % deletes, 2 % aggregates; is every read what was written?
import { constantUsers } from '../../../lib/load-shapes.ts'
import { defineScenario } from '../../../lib/scenario.ts'
import { workload } from '../workload.ts'

const scenario = defineScenario({
  workload,
  mix: 'database',
  shape: constantUsers({ users: 100, duration: '5m', rampUp: '30s' }),
})

export const options = scenario.options
export const setup = scenario.setup
export const teardown = scenario.teardown
export default scenario.iteration
