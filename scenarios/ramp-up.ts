// Ramp-up: from nobody to 1000 users in steps; where does the API begin to slow down?
import { workload } from 'workload'
import { stagedUsers } from '../lib/load-shapes.ts'
import { defineScenario } from '../lib/scenario.ts'

const rampUp = defineScenario({
  workload,
  shape: stagedUsers({
    stages: [
      { duration: '2m', users: 100 },
      { duration: '3m', users: 500 },
      { duration: '3m', users: 1_000 },
      { duration: '5m', users: 1_000 },
      { duration: '2m', users: 0 },
    ],
  }),
})

export const options = rampUp.options
export const setup = rampUp.setup
export const teardown = rampUp.teardown
export default rampUp.iteration
