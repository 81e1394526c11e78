// Geo-distributed: three regions at the same time; is one of them served worse than the others?
import { workload } from 'workload'
import { constantUsers } from '../lib/load-shapes.ts'
import { defineScenario } from '../lib/scenario.ts'

const geoDistributed = defineScenario({
  workload,
  shape: constantUsers({ users: 500, duration: '10m', rampUp: '2m' }),
  // Each region is a k6 scenario of its own here, and a load zone in Grafana Cloud k6.
  // A target of its own: --target eu-west=https://eu.example.com
  regions: {
    'us-east': { share: 50, loadZone: 'amazon:us:ashburn' },
    'eu-west': { share: 30, loadZone: 'amazon:ie:dublin' },
    'ap-south': { share: 20, loadZone: 'amazon:in:mumbai' },
  },
})

export const options = geoDistributed.options
export const setup = geoDistributed.setup
export const teardown = geoDistributed.teardown
export default geoDistributed.iteration
