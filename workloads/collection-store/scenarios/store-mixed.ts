// Store, mixed: all parts as in production, 20 % sessions, 40 % records, 20 % realtime, 10 % files; does it hold up?
import { constantUsers } from '../../../lib/load-shapes.ts'
import { defineScenario } from '../../../lib/scenario.ts'
import { workload } from '../workload.ts'

const scenario = defineScenario({
  workload,
  shape: constantUsers({ users: 100, duration: '10m', rampUp: '1m' }),
})

export const options = scenario.options
export const setup = scenario.setup
export const teardown = scenario.teardown
export default scenario.iteration
