import http from 'k6/http'
import { check } from 'k6'
import { Counter, Gauge, Rate, Trend } from 'k6/metrics'

const count = new Counter('my_count')
const gauge = new Gauge('my_gauge')
const rate = new Rate('my_rate')
const trend = new Trend('my_time', true)

export const options = {
  vus: 3,
  iterations: 12,
  thresholds: {
    my_count: ['count==12', 'rate>0'],
    my_gauge: ['value>=0'],
    my_rate: ['rate>0.4'],
    my_time: ['avg<10000', 'med>=0', 'min>=0', 'max<10000', 'p(90)<10000'],
    checks: ['rate==1'],
  },
}

export default function () {
  const response = http.get(`${__ENV.TARGET}/ok`)
  check(response, { 'status is 200': ({ status }) => status === 200 })
  count.add(1)
  gauge.add(__ITER)
  rate.add(__ITER % 2 === 0)
  trend.add(response.timings.duration)
}
