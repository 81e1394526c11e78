// Read-heavy: 100 people who look at their canvases and seldom change them; are reads true and fast?
import { constantUsers } from '../../../lib/load-shapes.ts'
import { defineScenario } from '../../../lib/scenario.ts'
import { workload } from '../workload.ts'

const readHeavy = defineScenario({
  workload,
  mix: 'read-heavy',
  shape: constantUsers({ users: 100, duration: '2m', rampUp: '10s' }),
})

export const options = readHeavy.options
export const setup = readHeavy.setup
export const teardown = readHeavy.teardown
export default readHeavy.iteration
