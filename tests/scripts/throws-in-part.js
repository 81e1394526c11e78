import http from 'k6/http'

export const options = {
  scenarios: {
    some: { executor: 'per-vu-iterations', vus: 1, iterations: 10, exec: 'some' },
    calm: { executor: 'per-vu-iterations', vus: 1, iterations: 5, exec: 'calm' },
  },
  thresholds: { http_req_duration: ['p(95)<5000'] },
}

export function some() {
  http.get(`${__ENV.TARGET}/ok`)
  if (__ITER % 5 === 0) throw new Error('no basket')
}

export function calm() {
  http.get(`${__ENV.TARGET}/ok`)
}
