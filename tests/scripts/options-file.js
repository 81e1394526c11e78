import http from 'k6/http'

export const options = JSON.parse(open(import.meta.resolve('./options.json')))

export default function () {
  http.get(`${__ENV.TARGET}/ok`)
}
