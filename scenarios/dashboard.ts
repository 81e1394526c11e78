// Dashboard: are live updates on time and true, and do exports work, while others use the API?
import { workload } from 'workload/dashboard'
import { constantUsers } from '../lib/load-shapes.ts'
import { defineScenario } from '../lib/scenario.ts'

const dashboard = defineScenario({
  workload,
  shape: constantUsers({ users: 100, duration: '10m', rampUp: '30s' }),
  // So many watch, so many export, whatever each of them takes.
  scenarioPerOperation: true,
})

export const options = dashboard.options
export const setup = dashboard.setup
export const teardown = dashboard.teardown
export default dashboard.iteration
