// Store, connections: does the store hold 1,000 WebSockets at the same time, and answer on each?
import { constantUsers } from '../../../lib/load-shapes.ts'
import { defineScenario } from '../../../lib/scenario.ts'
import { CONNECTED_SECONDS, stayConnected } from '../stay-connected.ts'
import { storeWorkload } from '../store-workload.ts'

const scenario = defineScenario({
  workload: storeWorkload({
    operations: { 'stay-connected': { weight: 1, run: stayConnected } },
    // A user who disconnects connects again at once, so that all of them are connected at the same time.
    thinkTime: { seconds: 0 },
    iterationSecondsMin: CONNECTED_SECONDS,
  }),
  shape: constantUsers({ users: 1_000, duration: '2m', rampUp: '30s' }),
})

export const options = scenario.options
export const setup = scenario.setup
export const teardown = scenario.teardown
export default scenario.iteration
