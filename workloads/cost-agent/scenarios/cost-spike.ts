// Cost spike: five times the usual users at once; does it recover within five seconds?
import { spikes } from '../../../lib/load-shapes.ts'
import { defineScenario } from '../../../lib/scenario.ts'
import { workload } from '../workload.ts'

const spike = defineScenario({
  workload,
  shape: spikes({
    usualUsers: 20,
    peakUsers: 100,
    cycles: 1,
    peak: '20s',
    recovery: '20s',
    usual: '30s',
    rise: '1s',
  }),
})

export const options = spike.options
export const setup = spike.setup
export const teardown = spike.teardown
export default spike.iteration
