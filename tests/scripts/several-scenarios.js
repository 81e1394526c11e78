import http from 'k6/http'
import { sleep } from 'k6'

export const options = {
  scenarios: {
    browsing: { executor: 'constant-vus', vus: 2, duration: '2s', exec: 'browse' },
    orders: {
      executor: 'constant-arrival-rate',
      rate: 10,
      duration: '1s',
      preAllocatedVUs: 3,
      startTime: '1s',
      exec: 'order',
      tags: { kind: 'order' },
      env: { PATH_OF: 'items' },
    },
    cleaning: { executor: 'shared-iterations', iterations: 3, vus: 1, exec: 'clean' },
  },
  thresholds: {
    'http_req_failed{scenario:orders}': ['rate<0.1'],
    'http_reqs{kind:order}': ['count>5'],
  },
}

export function browse() {
  http.get(`${__ENV.TARGET}/ok`)
  sleep(0.1)
}

export function order() {
  http.post(`${__ENV.TARGET}/${__ENV.PATH_OF}`, '{}')
}

export function clean() {
  http.del(`${__ENV.TARGET}/items`)
}
