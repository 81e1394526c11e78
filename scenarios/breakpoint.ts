// Breakpoint: how much can the API take? The rate rises in steps until it cannot follow any more.
import { workload } from 'workload'
import { steppedRate } from '../lib/load-shapes.ts'
import { defineScenario } from '../lib/scenario.ts'

const breakpoint = defineScenario({
  workload,
  shape: steppedRate({
    from: 150,
    to: 2_250,
    steps: 15,
    step: '30s',
    settling: '5s',
    iterationSeconds: 0.5,
  }),
  judges: 'steps',
})

export const options = breakpoint.options
export const setup = breakpoint.setup
export const teardown = breakpoint.teardown
export default breakpoint.iteration
