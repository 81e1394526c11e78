import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { test, type TestContext } from 'node:test'
import { listenOnLoopback } from '../listen.ts'
import type { SandboxSettings } from '../settings.ts'
import { openStream, type Update } from '../../tests/support/sandbox/stream-client.ts'
import { openSandbox } from '../../tests/support/sandbox/test-client.ts'

async function openDashboard(test: TestContext, overrides: Partial<SandboxSettings> = {}) {
  const sandbox = await openSandbox(test, { streamDropEvery: 0, ...overrides })
  const token = (await sandbox.login()).access_token
  const url = `${await listenOnLoopback(sandbox.app, 0)}/v1/metrics/stream`
  return {
    ...sandbox,
    token,
    url,
    stream: (query = '') => openStream(test, url + query, token),
    enhance: (prompt: string, technique = 'few-shot') =>
      sandbox.as(token, '/v1/enhance', { prompt, technique }),
    summary: async (query: string) =>
      (await sandbox.as(token, `/v1/metrics/summary${query}`)).json as unknown as Update['summary'],
  }
}

test('a first update comes, and then one with every interval', async (t) => {
  const { stream, enhance } = await openDashboard(t, { streamIntervalMs: 100 })
  await enhance('a')
  const { received } = await stream()
  const [first] = await received(1)
  assert.deepEqual(Object.keys(first ?? {}), ['sequence', 'at', 'interval_ms', 'summary'])
  assert.deepEqual([first?.sequence, first?.interval_ms, first?.summary.prompts], [1, 100, 1])

  await enhance('b')
  const updates = await received(5)
  assert.deepEqual(
    updates.map(({ sequence }) => sequence),
    [1, 2, 3, 4, 5],
  )
  assert.equal(updates.at(-1)?.summary.prompts, 2)
  const times = updates.map(({ at }) => Date.parse(at))
  for (const [index, time] of times.entries()) {
    const gapMs = time - (times[index - 1] ?? time)
    // From the second on; a timer may be a few milliseconds early, and late on a busy machine.
    assert.ok(index < 2 || gapMs >= 80, `${gapMs} ms before update ${index + 1}`)
  }
})

test('the first update comes at once, and a token may be in the address, as browsers need it', async (t) => {
  const { url, token } = await openDashboard(t)
  const sinceMs = performance.now()
  const { received } = await openStream(t, `${url}?access_token=${token}`)
  const [first] = await received(1)
  assert.deepEqual([first?.sequence, first?.interval_ms], [1, 5_000])
  assert.ok(performance.now() - sinceMs < 4_000)
})

for (const [what, query, withToken, status] of [
  ['no token', '', false, 401],
  ['a bad token in the address', '?access_token=guess', false, 401],
  ['an unknown technique', '?technique=magic', true, 400],
  ['an unknown segment', '?segment=royal', true, 400],
  ['a range of its own', '?from=2026-01-01', true, 400],
] as const) {
  test(`an upgrade with ${what} is refused with ${status}`, async (t) => {
    const { url, token } = await openDashboard(t)
    const opened = openStream(t, url + query, withToken ? token : undefined)
    await assert.rejects(opened, { message: `Unexpected server response: ${status}` })
  })
}

test('a request without an upgrade is answered 426, an upgrade elsewhere does not stay open', async (t) => {
  const { as, token, url } = await openDashboard(t)
  const { status, json } = await as(token, '/v1/metrics/stream')
  assert.deepEqual([status, json.error?.code], [426, 'upgrade_required'])

  const history = url.replace('/metrics/stream', '/history')
  await assert.rejects(openStream(t, history), /Unexpected server response: 401/)
  const { closed } = await openStream(t, history, token)
  await closed
})

test('every third stream is ended after its first update, and the next one is not', async (t) => {
  const { stream } = await openDashboard(t, { streamDropEvery: 3, streamIntervalMs: 20 })
  for (const drops of [false, false, true, false, false, true]) {
    const { received, closed, updates } = await stream()
    if (drops) {
      assert.deepEqual(await closed, [1012, 'service restart'])
      assert.equal(updates.length, 1)
    } else {
      assert.equal((await received(3)).length, 3)
    }
  }
})

test('a filter limits what a stream sums up, and one filter is computed once for all', async (t) => {
  const { stream, enhance, metric } = await openDashboard(t, { streamIntervalMs: 5_000 })
  for (const technique of ['analogy', 'few-shot', 'few-shot']) await enhance('a', technique)
  const streams = await Promise.all(
    Array.from({ length: 20 }, (_, index) => stream(index < 10 ? '?technique=few-shot' : '')),
  )
  const firsts = await Promise.all(streams.map(async ({ received }) => (await received(1))[0]))

  assert.deepEqual(
    firsts.map((update) => update?.summary.prompts),
    [...Array<number>(10).fill(2), ...Array<number>(10).fill(3)],
  )
  // Anew after a second, should a busy machine take that long.
  assert.ok(new Set(firsts.slice(0, 10).map((update) => update?.at)).size <= 2)
  assert.equal(await metric('sandbox_stream_clients'), 20)
  assert.equal(await metric('sandbox_stream_updates_total'), 20)
})

test('what a stream said while others wrote is what a summary says later', async (t) => {
  const { stream, enhance, summary, as, token, send } = await openDashboard(t, {
    streamIntervalMs: 10,
    databaseRoundTripMs: 1,
    modelMedianMs: 3,
    poolMax: 5,
  })
  const { updates, received } = await stream()
  const isEnough = () => new Set(updates.map(({ summary: { up_to_id: id } }) => id)).size > 12
  // Until enough has been said, so that a busy machine only takes longer.
  const writers = Array.from({ length: 8 }, async (_, writer) => {
    for (let count = 0; !isEnough(); count++) {
      const { json } = await enhance(`${writer} ${count}`)
      await as(token, '/v1/feedback', { id: json['id'], satisfied: count % 2 === 0 })
    }
  })
  await Promise.all(writers)
  const said = [...(await received(updates.length + 3))]
  const { stored_prompts: stored } = (await send({ url: '/v1/stats' })).json
  assert.equal(said.at(-1)?.summary.prompts, stored)

  for (const { summary: then } of said) {
    const { from, to, up_to_id: id } = then
    assert.deepEqual(await summary(`?from=${from}&to=${to}&up_to_id=${id}`), then)
  }
  const counts = said.map(({ summary: { prompts } }) => prompts)
  assert.deepEqual(
    counts,
    [...counts].sort((one, other) => one - other),
  )
})

test('a stream that is closed is counted no more, and its request is no longer in flight', async (t) => {
  const { stream, metric } = await openDashboard(t)
  const { received, socket } = await stream()
  await received(1)
  assert.equal(await metric('sandbox_http_requests_in_flight'), 0)
  const labels = '{route="/v1/metrics/stream",method="GET",status="101"}'
  assert.equal(await metric(`sandbox_http_request_duration_seconds_count${labels}`), 1)

  socket.terminate()
  while ((await metric('sandbox_stream_clients')) !== 0) await sleep(5)
})

test('a client that sends a lot is cut off', async (t) => {
  const { stream } = await openDashboard(t)
  const { socket, closed } = await stream()
  socket.send('x'.repeat(5_000))
  assert.equal((await closed)[0], 1009)
})

test('a closing sandbox says so to all streams and does not wait for who is silent', async (t) => {
  const { stream, app } = await openDashboard(t)
  const [one, other, silent] = await Promise.all([stream(), stream('?segment=pro'), stream()])
  await Promise.all([one, other, silent].map(({ received }) => received(1)))
  silent.socket.pause()
  const sinceMs = performance.now()
  await app.close()

  assert.ok(performance.now() - sinceMs < 2_000)
  assert.deepEqual(await Promise.all([one.closed, other.closed]), [
    [1001, 'going away'],
    [1001, 'going away'],
  ])
})
