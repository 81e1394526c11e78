import http from 'k6/http'

export const options = {
  scenarios: { each: { executor: 'per-vu-iterations', vus: 3, iterations: 4, exec: 'visit' } },
  thresholds: { 'iterations{scenario:each}': ['count==12'] },
}

export function visit() {
  http.post(`${__ENV.TARGET}/ok`, { a: '1' })
}
