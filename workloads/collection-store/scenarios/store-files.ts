// Store, files: uploads, downloads, lists, deletes and thumbnails; does every byte come back?
import { constantUsers } from '../../../lib/load-shapes.ts'
import { defineScenario } from '../../../lib/scenario.ts'
import { workload } from '../workload.ts'

const scenario = defineScenario({
  workload,
  mix: 'files',
  shape: constantUsers({ users: 50, duration: '5m', rampUp: '30s' }),
})

export const options = scenario.options
export const setup = scenario.setup
export const teardown = scenario.teardown
export default scenario.iteration
