// Protocol overhead: what does a tool of the Model Context Protocol cost, beside the plain API that does the same?
import { constantUsers } from '../../../lib/load-shapes.ts'
import { defineScenario } from '../../../lib/scenario.ts'
import { workload } from '../workload.ts'

// One user: who waits for others measures them.
const protocolOverhead = defineScenario({
  workload,
  mix: 'pairs',
  shape: constantUsers({ users: 1, duration: '1m' }),
})

export const options = protocolOverhead.options
export const setup = protocolOverhead.setup
export const teardown = protocolOverhead.teardown
export default protocolOverhead.iteration
