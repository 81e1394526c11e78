import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openStore } from '../../../../tests/support/sandbox/store-client.ts'

const RESULTS: [name: string, parameters: object, result: object][] = [
  // 10,000 at 5 %: 10,500, then 11,025, then 551.25 more without its fraction.
  [
    'compound-interest',
    { principal: 10_000, rateBasisPoints: 500, periods: 3 },
    { balance: 11_576, interest: 1_576 },
  ],
  // 999 + 10 x 100 less 5 %, a tenth off, no free shipping, 19 % on top.
  [
    'price-order',
    {
      lines: [
        { unitPrice: 333, quantity: 3 },
        { unitPrice: 100, quantity: 10 },
      ],
      coupon: 'TEN',
      country: 'DE',
    },
    { goods: 1_949, discount: 194, shipping: 490, tax: 426, total: 2_671 },
  ],
  [
    'price-order',
    { lines: [{ unitPrice: 10_000, quantity: 1 }], country: 'FR' },
    { goods: 10_000, discount: 0, shipping: 0, tax: 2_000, total: 12_000 },
  ],
  [
    'group-events',
    {
      events: [
        { type: 'view', user: 1, value: 2 },
        { type: 'buy', user: 1, value: 5 },
        { type: 'view', user: 1, value: 3 },
        { type: 'view', user: 2, value: 0 },
      ],
    },
    { groups: { view: { events: 3, users: 2, value: 5 }, buy: { events: 1, users: 1, value: 5 } } },
  ],
  ['summarize', { values: [3, 10, 1, 20] }, { count: 4, sum: 34, min: 1, max: 20, median: 3 }],
]

for (const [name, parameters, result] of RESULTS) {
  test(`${name} of ${JSON.stringify(parameters)} is right`, async (t) => {
    const { ask } = await openStore(t)
    const { status, json } = await ask('POST', `functions/${name}/calls`, { parameters })
    assert.deepEqual([status, json], [200, { function: name, result }])
  })
}

test('the largest loan is computed to the cent', async (t) => {
  const { ask } = await openStore(t)
  const parameters = { principal: 100_000_000, rateBasisPoints: 1_000, periods: 100 }
  let balance = BigInt(parameters.principal)
  for (let period = 0; period < 100; period++) balance += (balance * 1_000n) / 10_000n
  const url = 'functions/compound-interest/calls'
  const { json } = await ask('POST', url, { parameters })
  assert.equal((json['result'] as { balance: number }).balance, Number(balance))
  const larger = await ask('POST', url, { parameters: { ...parameters, principal: 100_000_001 } })
  assert.equal(larger.status, 400)
})

test('an unknown function is answered 404 with those there are, and wrong parameters 400', async (t) => {
  const { ask } = await openStore(t)
  const unknown = await ask('POST', 'functions/magic/calls', { parameters: {} })
  assert.equal(unknown.status, 404)
  assert.match(
    unknown.json.error?.message ?? '',
    /compound-interest, price-order, group-events, summarize, got magic/,
  )
  for (const [name, parameters] of [
    ['compound-interest', { principal: 1 }],
    ['price-order', { lines: [], country: 'DE' }],
    ['price-order', { lines: [{ unitPrice: 1, quantity: 1 }], country: 'XX' }],
    ['group-events', { events: [{ type: '__proto__', user: 1, value: 1 }] }],
    ['summarize', { values: [1.5] }],
  ] as const) {
    assert.equal((await ask('POST', `functions/${name}/calls`, { parameters })).status, 400, name)
  }
})
