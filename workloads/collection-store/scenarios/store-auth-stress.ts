// Store, authentication under stress: do sessions work for 1,000 users, and how long do they wait?
import { constantUsers } from '../../../lib/load-shapes.ts'
import { defineScenario } from '../../../lib/scenario.ts'
import { MIXES, weighted } from '../mixes.ts'
import { sessionOperations } from '../sessions.ts'
import { storeWorkload } from '../store-workload.ts'

const scenario = defineScenario({
  workload: storeWorkload({ operations: weighted(MIXES.authentication, sessionOperations) }),
  shape: constantUsers({ users: 1_000, duration: '10m', rampUp: '1m' }),
})

export const options = scenario.options
export const setup = scenario.setup
export const teardown = scenario.teardown
export default scenario.iteration
