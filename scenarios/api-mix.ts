// API mix: 1000 requests/s in the workload's exact mix, even when one endpoint slows down.
import { workload } from 'workload'
import { constantRate } from '../lib/load-shapes.ts'
import { defineScenario } from '../lib/scenario.ts'

const apiMix = defineScenario({
  workload,
  shape: constantRate({ ratePerSecond: 1_000, duration: '10m', rampUp: '1m', iterationSeconds: 1 }),
  // An arrival rate for each operation: 700, 200 and 100 per second for better-prompts.
  scenarioPerOperation: true,
})

export const options = apiMix.options
export const setup = apiMix.setup
export const teardown = apiMix.teardown
export default apiMix.iteration
