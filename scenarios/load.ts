// Load: the everyday profiles, chosen with --profile: baseline, normal, peak or stress.
import { workload } from 'workload'
import { constantUsers } from '../lib/load-shapes.ts'
import { defineScenario } from '../lib/scenario.ts'

const load = defineScenario({
  workload,
  shape: {
    baseline: constantUsers({ users: 100, duration: '5m', rampUp: '1m' }),
    normal: constantUsers({ users: 500, duration: '10m', rampUp: '2m' }),
    peak: constantUsers({ users: 1_000, duration: '15m', rampUp: '3m' }),
    stress: constantUsers({ users: 2_000, duration: '5m' }),
  },
})

export const options = load.options
export const setup = load.setup
export const teardown = load.teardown
export default load.iteration
