import http from 'k6/http'
import { sleep } from 'k6'

export const options = { vus: 2, duration: '2s', thresholds: { http_req_failed: ['rate<0.5'] } }

export default function () {
  http.get(`${__ENV.TARGET}/ok`)
  sleep(0.1)
}
