// Async against sync: how many operations a second one after the other, and how many with 200 at once?
import { constantUsers } from '../../../lib/load-shapes.ts'
import { defineScenario } from '../../../lib/scenario.ts'
import { workload } from '../workload.ts'

const asyncAgainstSync = defineScenario({
  workload,
  mix: 'async',
  shape: constantUsers({ users: 1, duration: '1m' }),
})

export const options = asyncAgainstSync.options
export const setup = asyncAgainstSync.setup
export const teardown = asyncAgainstSync.teardown
export default asyncAgainstSync.iteration
