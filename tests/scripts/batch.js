import http from 'k6/http'

export const options = { iterations: 3, batch: 2 }

export default function () {
  http.batch([
    ['GET', `${__ENV.TARGET}/ok`, null, { tags: { name: 'one' } }],
    ['GET', `${__ENV.TARGET}/status/404`, null, { tags: { name: 'two' } }],
    { method: 'POST', url: `${__ENV.TARGET}/items`, body: '{}' },
  ])
}
