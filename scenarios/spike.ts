// Spike: does the API survive ten times its usual users, three times, and recover each time?
import { workload } from 'workload'
import { spikes } from '../lib/load-shapes.ts'
import { defineScenario } from '../lib/scenario.ts'

const spike = defineScenario({
  workload,
  shape: spikes({
    usualUsers: 100,
    peakUsers: 1_000,
    cycles: 3,
    peak: '2m',
    recovery: '2m',
  }),
})

export const options = spike.options
export const setup = spike.setup
export const teardown = spike.teardown
export default spike.iteration
