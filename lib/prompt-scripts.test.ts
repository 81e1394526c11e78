import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createPromptStream } from './data-generators.ts'

const PLAIN = createPromptStream({ seed: 1 })

test('unicode prompts hold the request among other scripts, without half characters', () => {
  const stream = createPromptStream({ seed: 1, shares: { unicode: 1 } })
  const found = Array.from({ length: 2_000 }, (_, index) => stream.at(index).text)
  found.forEach((text, index) => {
    assert.ok(text.includes(`: ${PLAIN.at(index).text} `))
    assert.equal(Buffer.from(text, 'utf8').toString('utf8'), text)
  })
  const all = found.join('')
  const scripts = ['Greek', 'Cyrillic', 'Georgian', 'Arabic', 'Hebrew', 'Devanagari', 'Thai']
  for (const script of [...scripts, 'Han', 'Hiragana', 'Hangul']) {
    assert.match(all, new RegExp(`\\p{Script=${script}}`, 'u'), script)
  }
  assert.match(all, /\p{Script=Latin}\p{Mark}/u)
  assert.match(all, /\p{Emoji}\u200d\p{Emoji}/u)
  assert.match(all, /\u{20bb7}/u)
})
