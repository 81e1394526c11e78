// Cost workflows: ten users from collection to recommendation; does it take less than five seconds?
import { constantUsers } from '../../../lib/load-shapes.ts'
import { defineScenario } from '../../../lib/scenario.ts'
import { withoutPauses } from '../workload.ts'

const workflows = defineScenario({
  workload: withoutPauses,
  mix: 'workflows',
  shape: constantUsers({ users: 10, duration: '60s', rampUp: '5s' }),
})

export const options = workflows.options
export const setup = workflows.setup
export const teardown = workflows.teardown
export default workflows.iteration
