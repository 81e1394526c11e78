// Cost recommendations: 30 under way at any time; do they take less than three seconds?
import { constantUsers } from '../../../lib/load-shapes.ts'
import { defineScenario } from '../../../lib/scenario.ts'
import { withoutPauses } from '../workload.ts'

const recommendations = defineScenario({
  workload: withoutPauses,
  mix: 'recommendations',
  shape: constantUsers({ users: 30, duration: '30s', rampUp: '5s' }),
})

export const options = recommendations.options
export const setup = recommendations.setup
export const teardown = recommendations.teardown
export default recommendations.iteration
