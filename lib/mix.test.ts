import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createMix, operationChooser } from './mix.ts'

const operations = { enhance: { weight: 70 }, batch: { weight: 20 }, history: { weight: 10 } }

function counts(iterations: number, seed: number): Record<string, number> {
  const found: Record<string, number> = { enhance: 0, batch: 0, history: 0 }
  const mix = createMix(operations, seed)
  for (let index = 0; index < iterations; index++) {
    const name = mix(index)
    found[name] = (found[name] ?? 0) + 1
  }
  return found
}

for (const seed of [1, 2, 99]) {
  test(`the mix is exact to a few iterations in ten thousand (seed ${seed})`, () => {
    const found = counts(10_000, seed)
    assert.ok(Math.abs((found['enhance'] ?? 0) - 7_000) <= 5, JSON.stringify(found))
    assert.ok(Math.abs((found['batch'] ?? 0) - 2_000) <= 5, JSON.stringify(found))
    assert.ok(Math.abs((found['history'] ?? 0) - 1_000) <= 5, JSON.stringify(found))
  })
}

test('the same seed draws the same operations', () => {
  const draw = (seed: number): string[] =>
    Array.from({ length: 50 }, (_, index) => createMix(operations, seed)(index))

  assert.deepEqual(draw(7), draw(7))
  assert.notDeepEqual(draw(7), draw(8))
})

test('one pass has each operation in its turn, counted iterations have the mix', () => {
  const draw = (plan: Parameters<typeof operationChooser>[1]): string[] => {
    const choose = operationChooser(operations, plan, 7)
    return Array.from({ length: 30 }, (_, index) => choose(index))
  }
  assert.deepEqual(draw({ model: 'once' }).slice(0, 4), ['enhance', 'batch', 'history', 'enhance'])
  assert.deepEqual(draw({ model: 'once', iterationsPerUser: 30 }), draw({ model: 'closed' }))
})
