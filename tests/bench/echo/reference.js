// What a team writes by hand: a request, a check, a metric. Run by plain k6 with its defaults.
import http from 'k6/http'
import { check, sleep } from 'k6'
import { Rate } from 'k6/metrics'

const accuracy = new Rate('technique_accuracy')
const params = { headers: { 'Content-Type': 'application/json' } }
const pauseSeconds = Number(__ENV.PAUSE_SECONDS || 0)

export const options = {
  scenarios: { load: JSON.parse(__ENV.LOAD) },
  summaryTrendStats: ['avg', 'p(95)', 'p(99)'],
}

export default function () {
  const body = JSON.stringify({ prompt: `Summarise the main points of case ${__VU}-${__ITER}.` })
  const response = http.post(`${__ENV.BASE_URL}/v1/enhance`, body, params)
  const ok = check(response, { 'status is 200': (r) => r.status === 200 })
  accuracy.add(ok && response.json('technique') === 'zero-shot')
  if (pauseSeconds > 0) sleep(pauseSeconds)
}
