// Store, realtime: subscriptions, messages, events and tabs in step; how long does a message take?
import { constantUsers } from '../../../lib/load-shapes.ts'
import { defineScenario } from '../../../lib/scenario.ts'
import { workload } from '../workload.ts'

const scenario = defineScenario({
  workload,
  mix: 'realtime',
  shape: constantUsers({ users: 100, duration: '5m', rampUp: '30s' }),
})

export const options = scenario.options
export const setup = scenario.setup
export const teardown = scenario.teardown
export default scenario.iteration
