// Smoke: one user, every operation once, in seconds; is the script alive and the API up?
import { workload } from 'workload'
import { everyOperationOnce } from '../lib/load-shapes.ts'
import { defineScenario } from '../lib/scenario.ts'

const smoke = defineScenario({
  workload,
  shape: everyOperationOnce({ maxDuration: '10s' }),
  // Three requests say whether they work, not how fast or how often.
  judges: 'ratios',
})

export const options = smoke.options
export const setup = smoke.setup
export const teardown = smoke.teardown
export default smoke.iteration
