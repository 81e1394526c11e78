// Saturation: users who never pause, first half of them and then all; does the API do any more for the second half?
import { workload } from 'workload'
import { halfThenAll } from '../lib/load-shapes.ts'
import { defineScenario } from '../lib/scenario.ts'

const saturation = defineScenario({
  workload: { ...workload, thinkTime: { seconds: 0 } },
  shape: halfThenAll({ users: 16, half: '15s', duration: '30s', rampUp: '5s' }),
})

export const options = saturation.options
export const setup = saturation.setup
export const teardown = saturation.teardown
export default saturation.iteration
