import http from 'k6/http'
import { fail } from 'k6'

export const options = { iterations: 2 }

export default function () {
  http.get(`${__ENV.TARGET}/ok`)
  fail('no basket')
}
