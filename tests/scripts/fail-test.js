import http from 'k6/http'
import exec from 'k6/execution'

export const options = { iterations: 2 }

export default function () {
  http.get(`${__ENV.TARGET}/ok`)
  exec.test.fail('not as it should be')
}
