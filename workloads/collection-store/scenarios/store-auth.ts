// Store, authentication: 100 users log in, stay logged in and log out; are sessions right and fast?
import { constantUsers } from '../../../lib/load-shapes.ts'
import { defineScenario } from '../../../lib/scenario.ts'
import { workload } from '../workload.ts'

const scenario = defineScenario({
  workload,
  mix: 'authentication',
  shape: constantUsers({ users: 100, duration: '5m', rampUp: '30s' }),
})

export const options = scenario.options
export const setup = scenario.setup
export const teardown = scenario.teardown
export default scenario.iteration
