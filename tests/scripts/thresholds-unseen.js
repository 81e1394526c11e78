import http from 'k6/http'
import { Counter, Trend } from 'k6/metrics'

new Trend('never_added')
new Counter('never_raised')

export const options = {
  iterations: 10,
  thresholds: {
    'http_req_duration{status:500}': ['max>=0'],
    never_added: ['p(95)<200'],
    ...(__ENV.SEEN && { never_raised: ['count<1'], http_req_duration: ['p(95)<5000'] }),
  },
}

export default function () {
  http.get(`${__ENV.TARGET}/ok`)
}
