// Cost volume: does a page, or an analysis for each record, take longer with ten times the records?
import { constantUsers } from '../../../lib/load-shapes.ts'
import { defineScenario } from '../../../lib/scenario.ts'
import { withoutPauses } from '../workload.ts'

const volume = defineScenario({
  workload: withoutPauses,
  mix: 'volumes',
  shape: constantUsers({ users: 1, duration: '60s' }),
})

export const options = volume.options
export const setup = volume.setup
export const teardown = volume.teardown
export default volume.iteration
