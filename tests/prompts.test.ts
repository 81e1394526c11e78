// The prompts that k6 sends and the techniques that the sandbox chooses for them must fit together.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createPromptStream } from '../lib/data-generators.ts'
import { createNotes } from '../lib/prompt-notes.ts'
import { PROMPT_TEMPLATES } from '../lib/prompt-templates.ts'
import { chooseTechnique } from '../sandbox/technique-chooser.ts'
import { TECHNIQUE_RULES, TECHNIQUES } from '../sandbox/technique-rules.ts'

const PROMPTS = 5_000

for (const [kind, shares] of [
  ['plain', {}],
  ['unicode', { unicode: 1 }],
  ['very-long', { veryLong: 1 }],
  ['repeated', { repeated: 1 }],
] as const) {
  test(`the sandbox nearly always chooses the technique that a ${kind} prompt was written for`, () => {
    const stream = createPromptStream({ seed: 1, shares, repeatPool: PROMPTS })
    const misses: string[] = []
    for (let index = 0; index < PROMPTS; index++) {
      const prompt = stream.at(index)
      const chosen = chooseTechnique(prompt.text, 1).technique
      assert.equal(prompt.kind, kind)
      if (chosen === prompt.technique) continue
      misses.push(`${prompt.technique} -> ${chosen}: ${prompt.text.slice(0, 100)}`)
    }
    const accuracy = 1 - misses.length / PROMPTS
    assert.ok(accuracy >= 0.96, `accuracy ${accuracy}\n${misses.slice(0, 20).join('\n')}`)
  })
}

test('the notes of very long prompts hold no cue of any technique', () => {
  const addNotes = createNotes(20_000)
  const notes = addNotes('', 0).toLowerCase()
  for (const technique of TECHNIQUES) {
    const { strong, weak } = TECHNIQUE_RULES[technique]
    assert.doesNotMatch(notes, strong, technique)
    assert.doesNotMatch(notes, weak, technique)
  }
})

test('prompts are written for the techniques that the sandbox knows', () => {
  const written = Object.keys(PROMPT_TEMPLATES)

  assert.deepEqual(written.sort(), [...TECHNIQUES].sort())
})
