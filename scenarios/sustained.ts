// Sustained: 500 users for half an hour; does anything get slower, leak or wear out over time?
import { workload } from 'workload'
import { constantUsers } from '../lib/load-shapes.ts'
import { defineScenario } from '../lib/scenario.ts'

const sustained = defineScenario({
  workload,
  shape: constantUsers({ users: 500, duration: '30m', rampUp: '30s' }),
})

export const options = sustained.options
export const setup = sustained.setup
export const teardown = sustained.teardown
export default sustained.iteration
