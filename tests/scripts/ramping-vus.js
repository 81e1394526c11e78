import http from 'k6/http'
import { sleep } from 'k6'

export const options = {
  stages: [
    { duration: '1s', target: 4 },
    { duration: '1s', target: 4 },
    { duration: '500ms', target: 0 },
  ],
  thresholds: { http_reqs: ['count>1'] },
}

export default function () {
  http.get(`${__ENV.TARGET}/ok`, { tags: { name: 'ok' } })
  sleep(0.05)
}
