import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { once } from 'node:events'
import { test } from 'node:test'
import { openGrpc } from '../../tests/support/sandbox/grpc-client.ts'

test('gRPC and HTTP share a port, users, the cache and what is stored', async (t) => {
  const { login, as, enhance, url } = await openGrpc(t)
  const { access_token: token } = await login(3)
  const prompt = 'Write numbered steps to bake bread.'

  const first = await enhance(token, { prompt })
  const second = await as(token, '/v1/enhance', { prompt })
  const health = await fetch(`${url}/healthz`)

  assert.equal(first.code, 'OK', first.details)
  const [{ technique, enhanced_prompt: text, cached } = {}] = first.messages
  assert.equal(technique, second.json['technique'])
  assert.equal(text, second.json['enhanced_prompt'])
  assert.deepEqual([cached ?? false, second.json['cached']], [false, true])
  assert.equal(health.status, 200)
  const { json } = await as(token, '/v1/history')
  assert.deepEqual(
    json.items?.map((item) => item.prompt),
    [prompt, prompt],
  )
})

test('a technique that is asked for is taken, and an expected one counted', async (t) => {
  const { login, client, metadataOf, enhance, metric } = await openGrpc(t)
  const { access_token: token } = await login()
  const { messages } = await enhance(token, { prompt: 'Hello', technique: 'analogy' })
  assert.equal(messages[0]?.['technique'], 'analogy')

  const metadata = metadataOf(token)
  metadata.set('x-expected-technique', 'analogy')
  await new Promise((resolve) =>
    client.Enhance({ prompt: 'Hello', technique: 'analogy' }, metadata, {}, resolve),
  )
  assert.equal(await metric('sandbox_technique_predictions_correct_total'), 1)
})

test('a stream sends the newest prompts of its caller, and no more than asked for', async (t) => {
  const { login, as, history } = await openGrpc(t)
  const { access_token: token } = await login(1)
  const { access_token: other } = await login(2)
  for (const prompt of ['one', 'two', 'three']) await as(token, '/v1/enhance', { prompt })

  const { code, messages } = await history(token, 2)
  assert.equal(code, 'OK')
  assert.deepEqual(
    messages.map(({ prompt }) => prompt),
    ['three', 'two'],
  )
  assert.equal((await history(token, 0)).messages.length, 3)
  assert.deepEqual((await history(other, 10)).messages, [])
})

test('each prompt of a stream is answered before the next one has to be sent', async (t) => {
  const { login, client, metadataOf, enhanceEach } = await openGrpc(t)
  const { access_token: token } = await login()
  const { code, messages } = await enhanceEach(token, ['a', 'b', 'c'])
  assert.deepEqual([code, messages.length], ['OK', 3])

  const stream = client.EnhanceEach(metadataOf(token))
  for (const prompt of ['d', 'e']) {
    stream.write({ prompt })
    const [answer] = (await once(stream, 'data')) as [Record<string, unknown>]
    assert.match(String(answer['enhanced_prompt']), new RegExp(`^${prompt}\\b`))
  }
  stream.end()
})

test('who is not logged in is UNAUTHENTICATED, in calls and streams', async (t) => {
  const { login, enhance, history, enhanceEach } = await openGrpc(t)
  const { refresh_token: refresh } = await login()
  for (const token of ['', 'nonsense', refresh]) {
    assert.equal((await enhance(token, { prompt: 'x' })).code, 'UNAUTHENTICATED')
    assert.equal((await history(token, 5)).code, 'UNAUTHENTICATED')
    assert.equal((await enhanceEach(token, ['x'])).code, 'UNAUTHENTICATED')
  }
})

test('what HTTP answers with 400 is INVALID_ARGUMENT', async (t) => {
  const { login, enhance, history, enhanceEach } = await openGrpc(t)
  const { access_token: token } = await login()
  const bad = [{}, { prompt: 'x'.repeat(20_001) }, { prompt: 'x', technique: 'none' }]
  for (const message of bad) assert.equal((await enhance(token, message)).code, 'INVALID_ARGUMENT')
  assert.equal((await enhance(token, { prompt: '😀'.repeat(20_000) })).code, 'OK')
  for (const limit of [-1, 101]) {
    assert.equal((await history(token, limit)).code, 'INVALID_ARGUMENT')
  }
  const { code, messages } = await enhanceEach(token, ['good', '', 'late'])
  assert.deepEqual([code, messages.length], ['INVALID_ARGUMENT', 1])
  const many = Array.from({ length: 51 }, () => 'x')
  assert.equal((await enhanceEach(token, many)).code, 'INVALID_ARGUMENT')
})

test('an overloaded model is UNAVAILABLE', async (t) => {
  const { login, enhance } = await openGrpc(t, {
    ...{ modelConcurrency: 1, modelQueueMax: 0, modelMedianMs: 200, modelSigma: 0 },
  })
  const { access_token: token } = await login()
  const ends = await Promise.all(['a', 'b', 'c'].map((prompt) => enhance(token, { prompt })))
  assert.deepEqual(ends.map(({ code }) => code).sort(), ['OK', 'UNAVAILABLE', 'UNAVAILABLE'])
})

test('a deadline ends a call', async (t) => {
  const { login, enhance } = await openGrpc(t, { modelMedianMs: 2_000, modelSigma: 0 })
  const { access_token: token } = await login()
  const sinceMs = performance.now()
  assert.equal((await enhance(token, { prompt: 'slow' }, 100)).code, 'DEADLINE_EXCEEDED')
  assert.ok(performance.now() - sinceMs < 1_000)
})

test('calls are in the metrics of requests, with the method as their route', async (t) => {
  const { login, enhance, history, metric } = await openGrpc(t)
  const { access_token: token } = await login()
  await enhance(token, { prompt: 'x' })
  await enhance(token, { prompt: '' })
  await enhance('', { prompt: 'x' })
  await history(token, 1)

  const count = (method: string, status: number) =>
    metric(
      `sandbox_http_request_duration_seconds_count{route="/prompts.v1.Prompts/${method}",method="POST",status="${status}"}`,
    )
  for (const status of [200, 400, 401]) assert.equal(await count('Enhance', status), 1)
  assert.equal(await count('History', 200), 1)
  assert.equal(await metric('sandbox_http_requests_in_flight'), 0)
})

test('a client that hangs up in a stream leaves nothing behind, and neither does a silent one', async (t) => {
  const { login, client, metadataOf, metric, url, close } = await openGrpc(t)
  const { access_token: token } = await login()
  const stream = client.EnhanceEach(metadataOf(token))
  stream.on('error', () => undefined)
  stream.write({ prompt: 'x' })
  await once(stream, 'data')
  stream.cancel()
  while ((await metric('sandbox_http_requests_in_flight')) !== 0) {
    await new Promise((resolve) => setTimeout(resolve, 10))
  }

  const silent = connect(Number(new URL(url).port), '127.0.0.1')
  await once(silent, 'connect')
  await Promise.all([once(silent, 'close'), close()])
})
