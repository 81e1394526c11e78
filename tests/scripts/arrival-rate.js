import http from 'k6/http'

export const options = {
  scenarios: {
    steady: {
      executor: 'constant-arrival-rate',
      rate: 20,
      timeUnit: '1s',
      duration: '2s',
      preAllocatedVUs: 5,
    },
  },
  thresholds: { 'http_reqs{scenario:steady}': ['count>=35'] },
}

export default function () {
  http.get(`${__ENV.TARGET}/ok`)
}
