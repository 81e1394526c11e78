import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openSandbox } from '../tests/support/sandbox/test-client.ts'

test('a prompt is enhanced by the technique its text asks for', async (t) => {
  const { login, as } = await openSandbox(t, { modelMedianMs: 5, modelSigma: 0 })
  const prompt = 'Explain gravity with an analogy.'
  const { status, json } = await as((await login()).access_token, '/v1/enhance', { prompt })

  assert.equal(status, 200)
  assert.deepEqual(
    [json['technique'], json['cached'], json['model_ms'], json['id']],
    ['analogy', false, 5, 1],
  )
  assert.ok((json['enhanced_prompt'] as string).startsWith(prompt))
  assert.ok((json['cost_usd'] as number) > 0)
})

test('a technique asked for is used, with full confidence', async (t) => {
  const { login, as } = await openSandbox(t)
  const body = { prompt: 'Explain gravity with an analogy.', technique: 'few-shot' }
  const { json } = await as((await login()).access_token, '/v1/enhance', body)

  assert.deepEqual([json['technique'], json['confidence']], ['few-shot', 1])
})

test('a repeated prompt comes from the cache, costs nothing and is stored all the same', async (t) => {
  const { login, as, metric, send } = await openSandbox(t)
  const token = (await login()).access_token
  const first = await as(token, '/v1/enhance', { prompt: 'Define entropy' })
  const second = await as(token, '/v1/enhance', { prompt: 'Define entropy' })

  assert.deepEqual(second.json, {
    ...first.json,
    id: 2,
    cached: true,
    cost_usd: 0,
    model_ms: 0,
  })
  assert.equal(await metric('sandbox_cache_hits_total'), 1)
  assert.equal(await metric('sandbox_cache_misses_total'), 1)
  assert.equal((await send({ url: '/v1/stats' })).json['stored_prompts'], 2)
})

test('the cache forgets the least recently used prompt, and 0 entries disable it', async (t) => {
  const cachedAfter = async (cacheEntries: number, prompts: string[]) => {
    const { login, as } = await openSandbox(t, { cacheEntries })
    const token = (await login()).access_token
    let cached: unknown
    for (const prompt of prompts) {
      cached = (await as(token, '/v1/enhance', { prompt })).json['cached']
    }
    return cached
  }

  assert.equal(await cachedAfter(2, ['a', 'b', 'a']), true)
  assert.equal(await cachedAfter(2, ['a', 'b', 'c', 'a']), false)
  assert.equal(await cachedAfter(0, ['a', 'a']), false)
})

test('a model with too long a queue answers 503 instead of letting callers wait', async (t) => {
  const { login, as } = await openSandbox(t, {
    modelMedianMs: 300,
    modelConcurrency: 1,
    modelQueueMax: 1,
  })
  const token = (await login()).access_token
  const answers = await Promise.all(
    ['a', 'b', 'c'].map((prompt) => as(token, '/v1/enhance', { prompt })),
  )

  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 200, 503])
  assert.ok(answers.some(({ json }) => json.error?.code === 'model_queue_full'))
})

test('a batch is stored as one, pays a repeated prompt once and sums the costs', async (t) => {
  const { login, as, send } = await openSandbox(t)
  const token = (await login()).access_token
  await as(token, '/v1/enhance', { prompt: 'known' })
  const { status, json } = await as(token, '/v1/batch', { prompts: ['known', 'new', 'new'] })
  const results = json.results ?? []

  assert.equal(status, 200)
  assert.deepEqual(
    results.map(({ id, cached }) => [id, cached]),
    [
      [2, true],
      [3, false],
      [4, true],
    ],
  )
  assert.equal(json['cost_usd'], results[1]?.cost_usd)
  assert.deepEqual((await send({ url: '/v1/stats' })).json, {
    stored_prompts: 4,
    stored_batches: 1,
    users: 20,
  })
})

test('history shows the own items only, newest first, page by page', async (t) => {
  const { login, as } = await openSandbox(t)
  const [own, other] = [(await login(1)).access_token, (await login(2)).access_token]
  await as(own, '/v1/batch', { prompts: ['1', '2', '3', '4', '5'] })
  await as(other, '/v1/enhance', { prompt: 'not mine' })
  const pageOf = async (page: number) =>
    (await as(own, `/v1/history?page=${page}&page_size=2`)).json

  const first = await pageOf(1)
  assert.deepEqual([first['page'], first['page_size'], first['total']], [1, 2, 5])
  assert.deepEqual(Object.keys(first.items?.[0] ?? {}), [
    'id',
    'prompt',
    'technique',
    'cost_usd',
    'created_at',
  ])
  const pages = [first, await pageOf(2), await pageOf(3), await pageOf(4)]
  assert.deepEqual(
    pages.map(({ items }) => items?.map(({ prompt }) => prompt)),
    [['5', '4'], ['3', '2'], ['1'], []],
  )
})

test('feedback is taken for an own item only', async (t) => {
  const { login, as, metric } = await openSandbox(t)
  const [own, other] = [(await login(1)).access_token, (await login(2)).access_token]
  const { json } = await as(own, '/v1/enhance', { prompt: 'Define entropy' })
  const feedback = { id: json['id'], satisfied: true }

  assert.equal((await as(other, '/v1/feedback', feedback)).status, 404)
  assert.equal((await as(own, '/v1/feedback', feedback)).status, 204)
  assert.equal(await metric('sandbox_feedback_total{satisfied="true"}'), 1)
})

for (const [what, url, payload] of [
  ['an empty prompt', '/v1/enhance', { prompt: '' }],
  ['a missing prompt', '/v1/enhance', {}],
  ['a prompt of the wrong type', '/v1/enhance', { prompt: 12 }],
  ['a prompt that is too long', '/v1/enhance', { prompt: 'x'.repeat(20_001) }],
  ['an unknown technique', '/v1/enhance', { prompt: 'x', technique: 'magic' }],
  ['an empty batch', '/v1/batch', { prompts: [] }],
  ['a batch of 51', '/v1/batch', { prompts: Array<string>(51).fill('x') }],
  ['a page size over 100', '/v1/history?page_size=101', undefined],
  ['page 0', '/v1/history?page=0', undefined],
] as const) {
  test(`${what} is answered 400 with what was expected`, async (t) => {
    const { login, as } = await openSandbox(t)
    const { status, json } = await as((await login()).access_token, url, payload)

    assert.equal(status, 400)
    assert.equal(json.error?.code, 'invalid_request')
    assert.match(json.error.message, /^(body|querystring)/)
  })
}

test('broken JSON is answered 400, a huge body 413, an unknown route 404: all as JSON', async (t) => {
  const { send } = await openSandbox(t, { bodyBytesMax: 1_024 })
  const post = (payload: string) =>
    send({
      method: 'POST',
      url: '/v1/auth/login',
      headers: { 'content-type': 'application/json' },
      payload,
    })
  const answers = [
    await post('{'),
    await post(`"${'x'.repeat(2_000)}"`),
    await send({ url: '/no' }),
  ]

  assert.deepEqual(
    answers.map(({ status, json }) => [status, json.error?.code]),
    [
      [400, 'invalid_request'],
      [413, 'body_too_large'],
      [404, 'not_found'],
    ],
  )
})
