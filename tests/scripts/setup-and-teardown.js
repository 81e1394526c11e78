import http from 'k6/http'

export const options = { iterations: 3, thresholds: { http_reqs: ['count==5'] } }

export function setup() {
  return { path: http.get(`${__ENV.TARGET}/items`).status === 200 ? 'ok' : 'nothing' }
}

export default function ({ path }) {
  http.get(`${__ENV.TARGET}/${path}`)
}

export function teardown() {
  http.del(`${__ENV.TARGET}/items`)
}
