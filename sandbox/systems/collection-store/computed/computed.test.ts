import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { openStore } from '../../../../tests/support/sandbox/store-client.ts'
import { dependentsOf } from './attributes.ts'

const FIELDS = { price: 200, quantity: 3, discountPercent: 10, taxPercent: 19, series: [4, 1, 9] }

async function openItem(test: TestContext, settings: Record<string, number> = {}) {
  const { ask, send } = await openStore(test, settings)
  await ask('PUT', 'items/a', FIELDS)
  return {
    send,
    ask,
    change: (changes: object) => ask('PATCH', 'items/a', changes),
    read: async (attribute: string) => {
      const { json } = await ask('GET', `items/a/computed/${attribute}`)
      return [json['value'], json['cached']]
    },
  }
}

test('attributes are computed once, with all that they depend on', async (t) => {
  const { read } = await openItem(t)
  assert.deepEqual(await read('gross'), [642, false])
  assert.deepEqual(await read('gross'), [642, true])
  assert.deepEqual(await read('net'), [540, true])
  assert.deepEqual(await read('total'), [600, true])
  assert.deepEqual(await read('spread'), [3 + 5 + 8, false])
})

test('a change invalidates what depends on it, at any distance, and nothing else', async (t) => {
  const { change, read } = await openItem(t)
  await read('gross')
  await read('spread')
  const { status, json } = await change({ quantity: 5 })
  assert.deepEqual([status, json['invalidated']], [200, ['total', 'net', 'gross']])

  assert.deepEqual(await read('spread'), [16, true])
  assert.deepEqual(await read('gross'), [1071, false])
  await change({ taxPercent: 0 })
  assert.deepEqual(await read('net'), [900, true])
  assert.deepEqual(await read('gross'), [900, false])
  assert.deepEqual(dependentsOf(['series']), ['spread'])
})

test('an item that left the cache is read from the database with its last change', async (t) => {
  const { ask, change, read, send } = await openItem(t, { storeCacheItems: 1 })
  await read('total')
  await change({ price: 7 })
  await ask('PUT', 'items/b', FIELDS)
  await ask('GET', 'items/b/computed/total')
  assert.deepEqual(await read('total'), [21, false])
  assert.equal((await send({ url: '/v1/stats' })).json['stored_items'], 2)
})

test('an item that is set anew has the values of its new fields', async (t) => {
  const { ask, read } = await openItem(t)
  await read('total')
  await ask('PUT', 'items/a', { ...FIELDS, price: 5 })
  assert.deepEqual(await read('total'), [15, false])
})

test('of two first reads at once one computes', async (t) => {
  const { read } = await openItem(t, { databaseRoundTripMs: 1 })
  const cached = (await Promise.all([read('gross'), read('gross')])).map(([, isCached]) => isCached)
  assert.deepEqual(cached, [false, true])
})

test('changes and reads at once end with the value of the last fields', async (t) => {
  const { change, read } = await openItem(t, { databaseRoundTripMs: 1 })
  const turns = Array.from({ length: 30 }, (_, turn) =>
    turn % 3 === 0 ? change({ price: turn }) : read('gross'),
  )
  await Promise.all(turns)
  await change({ price: 1_000 })
  assert.equal((await read('total'))[0], 3_000)
})

test('every second change leaves old values where that is planted', async (t) => {
  const { change, read } = await openItem(t, { storeStaleEvery: 2 })
  await read('total')
  await change({ price: 1 })
  assert.deepEqual(await read('total'), [3, false])
  await change({ price: 2 })
  assert.deepEqual(await read('total'), [3, true])
})

test('an unknown item, attribute or field is refused', async (t) => {
  const { ask } = await openItem(t)
  assert.equal((await ask('GET', 'items/none/computed/total')).status, 404)
  assert.equal((await ask('PATCH', 'items/none', { price: 1 })).status, 404)
  assert.equal((await ask('GET', 'items/a/computed/magic')).status, 400)
  assert.equal((await ask('PUT', 'items/a', { price: 1 })).status, 400)
  assert.equal((await ask('PATCH', 'items/a', {})).status, 400)
  assert.equal((await ask('PATCH', 'items/a', { price: '1' })).status, 400)
})
