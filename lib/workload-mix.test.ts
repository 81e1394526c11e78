import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Workload } from './workload.ts'
import { withMix } from './workload-mix.ts'

const run = (): void => undefined
const SHOP: Workload = {
  name: 'shop',
  auth: { authenticator: () => ({ headers: {}, renewAtMs: Infinity, renew: () => false }) },
  thinkTime: { seconds: 1 },
  operations: { buy: { weight: 1, run }, look: { weight: 9, run }, count: { weight: 0, run } },
  mixes: { stocktaking: { count: 3, look: 1 } },
}

const weightsOf = ({ operations }: Workload): Record<string, number> =>
  Object.fromEntries(Object.entries(operations).map(([name, { weight }]) => [name, weight]))

test('a mix has the operations that it names, with its weights', () => {
  assert.deepEqual(weightsOf(withMix(SHOP, 'stocktaking')), { look: 1, count: 3 })
})

test('without a mix an operation of weight 0 has no part', () => {
  assert.deepEqual(weightsOf(withMix(SHOP)), { buy: 1, look: 9 })
})

test('an unknown mix is refused with those that there are', () => {
  assert.throws(() => withMix(SHOP, 'sale'), /Expected --mix to be one of stocktaking, got "sale"/)
  const plain = { ...SHOP, mixes: {} }
  assert.throws(() => withMix(plain, 'sale'), /to be left out, as shop has none/)
})
