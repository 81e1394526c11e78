// Protocol overhead: how much longer does an MCP tool take than the plain API for the same work?
import { constantUsers } from '../../../lib/load-shapes.ts'
import { defineScenario } from '../../../lib/scenario.ts'
import { workload } from '../workload.ts'

// One user, so that no request waits for another user's.
const protocolOverhead = defineScenario({
  workload,
  mix: 'pairs',
  shape: constantUsers({ users: 1, duration: '1m' }),
})

export const options = protocolOverhead.options
export const setup = protocolOverhead.setup
export const teardown = protocolOverhead.teardown
export default protocolOverhead.iteration
