import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createPromptStream } from './data-generators.ts'

const PLAIN = createPromptStream({ seed: 1 })

test('very long prompts have exactly the stated length, begin with the request and differ', () => {
  for (const longCharacters of [500, 8_000, 20_001]) {
    const stream = createPromptStream({ seed: 1, shares: { veryLong: 1 }, longCharacters })
    for (let index = 0; index < 100; index++) {
      const { text, technique, kind } = stream.at(index)
      const plain = PLAIN.at(index)
      assert.equal(text.length, longCharacters)
      assert.ok(text.startsWith(plain.text))
      assert.deepEqual({ technique, kind }, { technique: plain.technique, kind: 'very-long' })
    }
  }
})
