// Cost analyses: ten analyses under way at any time; do they take less than two seconds?
import { constantUsers } from '../../../lib/load-shapes.ts'
import { defineScenario } from '../../../lib/scenario.ts'
import { withoutPauses } from '../workload.ts'

const analyses = defineScenario({
  workload: withoutPauses,
  mix: 'analyses',
  shape: constantUsers({ users: 10, duration: '30s', rampUp: '5s' }),
})

export const options = analyses.options
export const setup = analyses.setup
export const teardown = analyses.teardown
export default analyses.iteration
