// Cost collections: 50 collections under way at any time; do they take less than a second?
import { constantUsers } from '../../../lib/load-shapes.ts'
import { defineScenario } from '../../../lib/scenario.ts'
import { withoutPauses } from '../workload.ts'

const collections = defineScenario({
  workload: withoutPauses,
  mix: 'collections',
  shape: constantUsers({ users: 50, duration: '30s', rampUp: '5s' }),
})

export const options = collections.options
export const setup = collections.setup
export const teardown = collections.teardown
export default collections.iteration
