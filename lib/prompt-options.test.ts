import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createPromptStream } from './data-generators.ts'

test('all options out of their ranges are named at once', () => {
  const create = (): unknown =>
    createPromptStream({
      seed: -1,
      shares: { unicode: 1.5, veryLong: NaN },
      longCharacters: 10,
      repeatPool: 0.5,
      batchSize: 0,
      itemsPerSecond: 0,
    })
  assert.throws(create, {
    message: [
      'Expected seed to be a whole number from 0 to 4294967295, got -1',
      'Expected longCharacters to be a whole number from 500 to 1000000, got 10',
      'Expected repeatPool to be a whole number from 1 to 1000000, got 0.5',
      'Expected batchSize to be a whole number from 1 to 1000, got 0',
      'Expected itemsPerSecond to be above 0, at most 1000000, got 0',
      'Expected shares.unicode to be from 0 to 1, got 1.5',
      'Expected shares.veryLong to be from 0 to 1, got NaN',
    ].join('\n'),
  })
})

test('shares may use up all prompts, and no more', () => {
  const shares = { unicode: 0.3, veryLong: 0.1, repeated: 0.6 }
  const { at } = createPromptStream({ seed: 1, shares })

  assert.ok(!Array.from({ length: 10_000 }, (_, i) => at(i).kind).includes('plain'))
  assert.throws(() => createPromptStream({ seed: 1, shares: { ...shares, unicode: 0.5 } }), {
    message: 'Expected shares to add up to at most 1, got 1.2',
  })
})
