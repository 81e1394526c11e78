// Cost sustained: all operations by 50 users for 30 seconds; does anything fail or slow down?
import { constantUsers } from '../../../lib/load-shapes.ts'
import { defineScenario } from '../../../lib/scenario.ts'
import { workload } from '../workload.ts'

const sustained = defineScenario({
  workload,
  shape: constantUsers({ users: 50, duration: '30s', rampUp: '5s' }),
})

export const options = sustained.options
export const setup = sustained.setup
export const teardown = sustained.teardown
export default sustained.iteration
