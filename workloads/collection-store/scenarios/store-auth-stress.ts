// Store, authentication under stress: what becomes of log-ins when 1,000 people come?
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
