import http from 'k6/http'
import { SharedArray } from 'k6/data'

const rows = new SharedArray('rows', () => JSON.parse(open('./rows.json')))

export const options = { vus: 1, iterations: 6 }

export default function () {
  http.get(`${__ENV.TARGET}/${rows[__ITER % rows.length].path}`)
}
