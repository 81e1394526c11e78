import http from 'k6/http'

export const options = {
  iterations: 4,
  thresholds: {
    http_req_failed: ['rate<0.1'],
    'http_reqs{status:404}': ['count==0', 'count<100'],
    http_reqs: ['count!=3'],
  },
}

export default function () {
  http.get(`${__ENV.TARGET}/status/404`)
}
