import http from 'k6/http'

if (!__ENV.API_KEY) throw new Error('API_KEY is missing')

export const options = { iterations: Number(__ENV.TIMES || 1) }

export default function () {
  http.get(`${__ENV.TARGET}/ok`, { headers: { 'x-key': __ENV.API_KEY } })
}
