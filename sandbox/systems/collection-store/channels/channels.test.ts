import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { test, type TestContext } from 'node:test'
import { listenOnLoopback } from '../../../listen.ts'
import { openStream } from '../../../../tests/support/sandbox/stream-client.ts'
import { openStore } from '../../../../tests/support/sandbox/store-client.ts'
import { ChannelHub } from './channel-hub.ts'
import { type ChannelSocketLine, joinChannel } from './channel-socket.ts'
import { eventStream } from './event-stream.ts'

async function openChannels(test: TestContext) {
  const store = await openStore(test)
  const base = await listenOnLoopback(store.app, 0)
  const join = (channel: string) =>
    openStream(test, `${base}/v1/store/channels/${channel}/live`, store.token)
  const publish = (channel: string, id: number) =>
    store.ask('POST', `channels/${channel}/messages`, { id, text: `message ${id}` })
  const events = (channel: string, query: string) =>
    store.ask('GET', `channels/${channel}/events?${query}`)
  return { ...store, join, publish, events }
}

test('who is in a channel gets every message of it, in order, from whatever way it comes', async (t) => {
  const { join, metric, publish } = await openChannels(t)
  const [first, second, other] = [await join('a'), await join('a'), await join('b')]
  await Promise.all([first.received(1), second.received(1), other.received(1)])
  assert.deepEqual(other.updates, [{ type: 'subscribed', channel: 'b', connections: 3 }])
  assert.equal(await metric('sandbox_store_connections'), 3)
  first.socket.send(JSON.stringify({ id: 7, text: 'hello' }))
  await second.received(2)
  await publish('a', 8)

  const messages = [
    { type: 'message', sequence: 1, from: 1, id: 7, text: 'hello' },
    { type: 'message', sequence: 2, from: 1, id: 8, text: 'message 8' },
  ]
  assert.deepEqual((await first.received(3)).slice(1), messages)
  assert.deepEqual((await second.received(3)).slice(1), messages)
  assert.equal(other.updates.length, 1)
})

test('a message that is none is answered, and the connection stays', async (t) => {
  const { join } = await openChannels(t)
  const { received, socket } = await join('a')
  for (const text of ['{', '[]', 'null', '{"id":1}', '{"id":"1","text":"a"}']) socket.send(text)
  socket.send(JSON.stringify({ id: 1, text: 'good' }))
  const types = (await received(7)).map((update) => (update as unknown as { type: string }).type)
  assert.deepEqual(types, ['subscribed', ...Array.from({ length: 5 }, () => 'error'), 'message'])
})

// Node gives events of these names a meaning: an "error" that nobody listens to is thrown.
for (const channel of ['error', 'newListener']) {
  test(`a channel may be called ${channel}`, async (t) => {
    const { join, publish } = await openChannels(t)
    assert.equal((await publish(channel, 1)).status, 201)
    const [inIt, elsewhere] = [await join(channel), await join('a')]
    await Promise.all([inIt.received(1), elsewhere.received(1)])
    await publish(channel, 2)
    const [, message] = await inIt.received(2)
    assert.deepEqual(message, {
      ...{ type: 'message', sequence: 2, from: 1, id: 2, text: 'message 2' },
    })
  })
}

test('connections are counted until they are closed', async (t) => {
  const { join, metric } = await openChannels(t)
  const { closed, socket } = await join('a')
  socket.terminate()
  await closed
  while ((await metric('sandbox_store_connections')) !== 0)
    await new Promise((resolve) => setTimeout(resolve, 10))
  assert.equal(await metric('sandbox_store_connections'), 0)
})

const eventText = (sequence: number, id: number) => {
  const data = JSON.stringify({ sequence, from: 1, id, text: `message ${id}` })
  return `id: ${sequence}\nevent: message\ndata: ${data}\n\n`
}
const END = 'event: end\ndata: {}\n\n'

test('events are those that are kept, after a number and up to a limit', async (t) => {
  const { events, publish } = await openChannels(t)
  for (const id of [5, 6, 7]) await publish('a', id)
  assert.equal((await events('a', 'limit=2')).text, eventText(1, 5) + eventText(2, 6) + END)
  assert.equal((await events('a', 'after=2&limit=1')).text, eventText(3, 7) + END)
})

test('the last hundred events of a channel are kept', async (t) => {
  const { events, publish } = await openChannels(t)
  for (let id = 1; id <= 103; id++) await publish('a', id)
  assert.equal((await events('a', 'limit=1')).text, eventText(4, 4) + END)
})

test('a subscriber that has left, or has read all its events, gets no further message', async () => {
  const hub = new ChannelHub()
  const socket = Object.assign(new EventEmitter(), {
    readyState: 1,
    bufferedAmount: 0,
    send: () => undefined,
  })
  const place = { hub, channel: 'a', userId: 1, connections: () => 1 }
  joinChannel(socket as unknown as ChannelSocketLine, place)
  assert.equal(hub.subscribers('a'), 1)
  socket.emit('close')
  assert.equal(hub.subscribers('a'), 0)

  const stream = eventStream(hub, 'a', { after: 0, limit: 1, waitMs: 0 })
  assert.equal((await stream.next()).value, END)
  await stream.return(undefined)
  assert.equal(hub.subscribers('a'), 0)
})

test('the channel that was quiet longest is forgotten when there is too much text', () => {
  const hub = new ChannelHub(1_000)
  const publish = (name: string) => hub.publish(name, { from: 1, id: 1, text: 'x'.repeat(300) })
  for (const name of ['a', 'b', 'a', 'b', 'b']) publish(name)
  assert.deepEqual(hub.since('a', 0), [])
  assert.deepEqual(
    hub.since('b', 0).map(({ sequence }) => sequence),
    [1, 2, 3],
  )
})

test('a stream of events keeps no more than it will send, and nothing that came before', async () => {
  const hub = new ChannelHub()
  const publish = (id: number) => hub.publish('a', { from: 1, id, text: 'some text' })
  const stream = eventStream(hub, 'a', { after: 1, limit: 2, waitMs: 1_000 })
  const first = stream.next()
  for (let id = 1; id <= 50; id++) publish(id)
  const events = [await first, await stream.next(), await stream.next(), await stream.next()]
  assert.deepEqual(
    events.map(({ value }) => /^id: \d+|^event: end/.exec(String(value))?.[0]),
    ['id: 2', 'id: 3', 'event: end', undefined],
  )
})

test('events that are yet to come are waited for, for so long and no longer', async (t) => {
  const { events, publish } = await openChannels(t)
  const coming = events('a', 'limit=2&wait_ms=5000')
  await publish('a', 1)
  await publish('a', 2)
  assert.equal((await coming).text, eventText(1, 1) + eventText(2, 2) + END)

  const sinceMs = performance.now()
  assert.equal((await events('a', 'after=2&wait_ms=100')).text, END)
  assert.ok(performance.now() - sinceMs >= 99)
})

test('bad names, bad queries and requests without an upgrade are refused', async (t) => {
  const { ask, events, join } = await openChannels(t)
  assert.equal((await events('a.b', 'limit=1')).status, 400)
  for (const query of ['limit=0', 'limit=101', 'wait_ms=10000', 'after=-1'])
    assert.equal((await events('a', query)).status, 400, query)
  assert.equal((await ask('POST', 'channels/a/messages', { id: 1 })).status, 400)
  assert.equal((await ask('GET', 'channels/a/live')).status, 426)
  await assert.rejects(join('a.b'), { message: 'Unexpected server response: 400' })
})
