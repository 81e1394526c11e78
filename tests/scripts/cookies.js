import http from 'k6/http'
import { check } from 'k6'

export const options = { iterations: 3, vus: 1, noCookiesReset: true }

export default function () {
  if (__ITER === 0) http.get(`${__ENV.TARGET}/cookie`)
  check(http.get(`${__ENV.TARGET}/me`), { known: ({ status }) => status === 200 })
}
