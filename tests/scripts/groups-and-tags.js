import http from 'k6/http'
import { check, group } from 'k6'
import exec from 'k6/execution'

export const options = {
  iterations: 4,
  tags: { team: 'shop' },
  thresholds: {
    'group_duration{group:::basket}': ['max<10000'],
    'http_req_duration{group:::basket::pay}': ['max<10000'],
    'checks{kind:paid}': ['rate>0.9'],
  },
}

export default function () {
  exec.vu.tags.step = 'first'
  group('basket', () => {
    http.get(`${__ENV.TARGET}/items`, { tags: { name: 'basket' } })
    group('pay', () => {
      const response = http.post(`${__ENV.TARGET}/items`, '{}', { tags: { kind: 'paid' } })
      check(response, { paid: ({ status }) => status === 200 }, { kind: 'paid' })
    })
  })
}
