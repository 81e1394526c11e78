import http from 'k6/http'

export const options = {
  scenarios: {
    all: { executor: 'per-vu-iterations', vus: 1, iterations: 2, exec: 'all' },
    calm: { executor: 'per-vu-iterations', vus: 1, iterations: 20, exec: 'calm' },
  },
  thresholds: { http_req_duration: ['p(95)<5000'] },
}

export function all() {
  throw new Error('no basket')
}

export function calm() {
  http.get(`${__ENV.TARGET}/ok`)
}
