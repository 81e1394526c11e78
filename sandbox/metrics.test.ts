import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from 'node:test'
import { openSandbox } from '../tests/support/sandbox/test-client.ts'

const NAMES = [
  'sandbox_http_request_duration_seconds_bucket',
  'sandbox_http_requests_in_flight',
  'sandbox_db_pool_in_use',
  'sandbox_db_pool_waiting',
  'sandbox_db_pool_max',
  'sandbox_db_pool_wait_seconds_bucket',
  'sandbox_db_query_duration_seconds_bucket',
  'sandbox_cache_hits_total',
  'sandbox_cache_misses_total',
  'sandbox_model_calls_running',
  'sandbox_model_queue_depth',
  'sandbox_model_queue_wait_seconds_bucket',
  'sandbox_cost_usd_total',
  'sandbox_technique_choices_total',
  'sandbox_technique_predictions_total',
  'sandbox_technique_predictions_correct_total',
  'sandbox_feedback_total',
  'sandbox_stream_clients',
  'sandbox_stream_updates_total',
  'sandbox_exported_rows_total',
  'nodejs_eventloop_lag_p99_seconds',
  'process_cpu_seconds_total',
  'process_resident_memory_bytes',
]

test('every promised metric is there after one request of each kind', async (t) => {
  const { login, as, send } = await openSandbox(t)
  const token = (await login()).access_token
  await as(token, '/v1/batch', { prompts: ['a', 'b'] })
  await as(token, '/v1/feedback', { id: 1, satisfied: false })
  const { text } = await send({ url: '/metrics' })
  const found = new Set(text.split('\n').map((line) => line.split(/[{ ]/)[0]))

  assert.deepEqual(
    NAMES.filter((name) => !found.has(name)),
    [],
  )
})

test('requests are counted by route pattern, never by URL, scrapes not at all', async (t) => {
  const { login, as, send } = await openSandbox(t)
  await as((await login()).access_token, '/v1/history?page=7')
  await send({ url: '/guess/1' })
  const { text } = await send({ url: '/metrics' })
  const routes = new Set([...text.matchAll(/route="([^"]*)"/g)].map(([, route]) => route))

  assert.deepEqual([...routes].sort(), ['/v1/auth/login', '/v1/history', 'unknown'])
  assert.match(text, /_count\{route="\/v1\/history",method="GET",status="200"\} 1\n/)
  assert.match(text, /^sandbox_http_requests_in_flight 0$/m)
})

test('the duration of a request holds the time its model took', async (t) => {
  const { login, as, metric } = await openSandbox(t, { modelMedianMs: 30, modelSigma: 0 })
  await as((await login()).access_token, '/v1/enhance', { prompt: 'Define entropy' })
  const labels = '{route="/v1/enhance",method="POST",status="200"}'
  const seconds = await metric(`sandbox_http_request_duration_seconds_sum${labels}`)

  assert.ok(seconds !== undefined && seconds > 0.028)
})

test('accuracy is measured where the caller tells the expected technique', async (t) => {
  const { login, send, metric } = await openSandbox(t)
  const { access_token: token } = await login()
  for (const expected of ['analogy', 'few-shot', undefined]) {
    const label = expected === undefined ? {} : { 'x-expected-technique': expected }
    await send({
      method: 'POST',
      url: '/v1/enhance',
      headers: { authorization: `Bearer ${token}`, ...label },
      payload: { prompt: 'Explain gravity with an analogy.' },
    })
  }

  assert.equal(await metric('sandbox_technique_predictions_total'), 2)
  assert.equal(await metric('sandbox_technique_predictions_correct_total'), 1)
  assert.equal(await metric('sandbox_technique_choices_total{technique="analogy"}'), 3)
})

test('with one connection, waiting for the database is visible while and after it happens', async (t) => {
  const { login, as, metric } = await openSandbox(t, {
    poolMax: 1,
    databaseRoundTripMs: 10,
    poolAcquireTimeoutMs: 60_000,
  })
  const token = (await login()).access_token
  const requests = Array.from({ length: 20 }, () => as(token, '/v1/history'))
  let waiting = 0
  const watched = Promise.all(requests).then(() => false)
  while (waiting === 0 && (await Promise.race([watched, sleep(5, true)]))) {
    waiting = (await metric('sandbox_db_pool_waiting')) ?? 0
  }
  assert.equal(await metric('sandbox_db_pool_max'), 1)
  const statuses = (await Promise.all(requests)).map(({ status }) => status)
  assert.deepEqual(new Set(statuses), new Set([200]))

  assert.ok(waiting > 0)
  assert.ok(((await metric('sandbox_db_pool_wait_seconds_sum')) ?? 0) > 1)
  assert.equal(await metric('sandbox_db_pool_waiting'), 0)
  assert.equal(await metric('sandbox_db_pool_in_use'), 0)
})

test('stored rows equal accepted writes after 200 concurrent requests', async (t) => {
  const { login, as, send } = await openSandbox(t, {
    modelMedianMs: 5,
    modelBatchMedianMs: 5,
    databaseRoundTripMs: 1,
    poolMax: 5,
  })
  const tokens = await Promise.all(
    [1, 2, 3, 4].map(async (user) => (await login(user)).access_token),
  )
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, index) => {
      const token = tokens[index % tokens.length] ?? ''
      return index % 4 === 0
        ? as(token, '/v1/batch', { prompts: [`${index} a`, `${index} b`, `${index} c`] })
        : as(token, '/v1/enhance', { prompt: `prompt ${index}` })
    }),
  )

  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]))
  assert.deepEqual((await send({ url: '/v1/stats' })).json, {
    stored_prompts: 150 + 50 * 3,
    stored_batches: 50,
    users: 20,
  })
})
