import http from 'k6/http'

export const options = { iterations: 3, maxRedirects: 4 }

export default function () {
  http.get(`${__ENV.TARGET}/redirect`)
  http.get(`${__ENV.TARGET}/redirect`, { redirects: 0, tags: { name: 'not followed' } })
}
