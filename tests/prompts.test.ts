import assert from 'node:assert/strict'
import { test } from 'node:test'
import { promptAt } from '../lib/data-generators.ts'
import { PROMPT_FAMILIES } from '../lib/prompt-templates.ts'
import { chooseTechnique } from '../sandbox/technique-chooser.ts'

const PROMPTS = 20_000

test('the sandbox chooses the technique that a prompt was written for nearly always', () => {
  const misses = new Map<string, number>()
  let right = 0
  for (let index = 0; index < PROMPTS; index++) {
    const { text, technique } = promptAt(1, index)
    const chosen = chooseTechnique(text, 1).technique
    if (chosen === technique) right++
    else misses.set(`${technique} -> ${chosen}: ${text.replace(/ \(case.*/, '')}`, index)
  }
  const share = right / PROMPTS
  const worst = [...misses.keys()].slice(0, 20).join('\n')
  assert.ok(share >= 0.96, `accuracy ${share}\n${worst}`)
})

test('every technique is asked for about as often as any other', () => {
  const counts = new Map<string, number>()
  for (let index = 0; index < PROMPTS; index++) {
    const { technique } = promptAt(2, index)
    counts.set(technique, (counts.get(technique) ?? 0) + 1)
  }
  const even = PROMPTS / PROMPT_FAMILIES.length
  for (const [technique, count] of counts) {
    assert.ok(Math.abs(count - even) < even * 0.1, `${technique}: ${count}`)
  }
  assert.equal(counts.size, 10)
})

test('no two prompts of a stream are alike', () => {
  const texts = new Set(Array.from({ length: PROMPTS }, (_, index) => promptAt(3, index).text))

  assert.equal(texts.size, PROMPTS)
})

test('the same seed gives the same prompts, another seed others', () => {
  assert.deepEqual(promptAt(7, 123), promptAt(7, 123))
  assert.notDeepEqual(promptAt(7, 123).text, promptAt(8, 123).text)
})
