// What a team writes by hand with the duties of ours: a log-in, name tags, a phase tag, a schema check, one rate and
// one trend. Run by plain k6 with its defaults.
import exec from 'k6/execution'
import http from 'k6/http'
import { check, sleep } from 'k6'
import { Rate, Trend } from 'k6/metrics'

const accuracy = new Rate('technique_accuracy')
const cost = new Trend('cost_usd')
const pauseSeconds = Number(__ENV.PAUSE_SECONDS || 0)
const WARM_UP_SECONDS = 1

export const options = {
  scenarios: { load: JSON.parse(__ENV.LOAD) },
  summaryTrendStats: ['avg', 'p(95)', 'p(99)'],
}

export function setup() {
  return { startMs: Date.now() }
}

function send(name, path, body, headers) {
  return http.post(`${__ENV.BASE_URL}${path}`, JSON.stringify(body), {
    headers: { 'Content-Type': 'application/json', ...headers },
    tags: { name },
  })
}

function logIn() {
  const user = { username: `user-${__VU}`, password: 'secret' }
  const response = send('POST /v1/auth/login', '/v1/auth/login', user)
  return { Authorization: `Bearer ${response.json('access_token')}` }
}

function isEnhancement(body) {
  return (
    Number.isInteger(body.id) &&
    typeof body.technique === 'string' &&
    typeof body.cost_usd === 'number' &&
    body.cost_usd >= 0
  )
}

// Each VU logs in once.
let headers

export default function ({ startMs }) {
  headers ??= logIn()
  const isWarm = (Date.now() - startMs) / 1000 > WARM_UP_SECONDS
  exec.vu.metrics.tags.phase = isWarm ? 'hold' : 'warm-up'

  const prompt = `Summarise the main points of case ${__VU}-${__ITER}.`
  const response = send('POST /v1/enhance', '/v1/enhance', { prompt }, headers)
  const body = response.json()
  const ok = check(response, {
    'POST /v1/enhance answers as expected': ({ status }) => status === 200 && isEnhancement(body),
  })
  if (ok) {
    accuracy.add(body.technique === 'zero-shot')
    cost.add(body.cost_usd)
  }
  if (pauseSeconds > 0) sleep(pauseSeconds)
  return ok
}
