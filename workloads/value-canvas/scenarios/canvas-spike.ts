// Canvas spike: from 10 users to 100 and back; how soon does it recover?
import { spikes } from '../../../lib/load-shapes.ts'
import { defineScenario } from '../../../lib/scenario.ts'
import { workload } from '../workload.ts'

const scenario = defineScenario({
  workload,
  shape: spikes({
    usualUsers: 10,
    peakUsers: 100,
    cycles: 1,
    usual: '30s',
    rise: '2s',
    peak: '20s',
    recovery: '30s',
  }),
})

export const options = scenario.options
export const setup = scenario.setup
export const teardown = scenario.teardown
export default scenario.iteration
