import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chooseTechnique } from './technique-chooser.ts'
import { TECHNIQUES, type Technique } from './technique-rules.ts'

// Any subject fits, as long as it carries no cue of its own.
const SUBJECTS = ['solar panels', 'medieval trade', 'a small bakery', 'database indexes']

const TEMPLATES: Record<Technique, ((subject: string) => string)[]> = {
  'few-shot': [
    (s) => `Here are three examples of headlines about ${s}. Continue in that manner.`,
    (s) => `Follow the same pattern to label this remark about ${s}.`,
    (s) => `Input: a note about ${s} Output: positive. Now label the remaining notes.`,
    (s) => `Learn from these examples about ${s} and label the new one.`,
  ],
  'structured-output': [
    (s) => `Return the facts about ${s} as JSON.`,
    (s) => `List suppliers of ${s} with the columns name, city and price.`,
    (s) => `Turn these notes about ${s} into a table.`,
    (s) => `Give me a JSON schema that describes ${s}.`,
  ],
  'role-play': [
    (s) => `Act as a consultant for ${s} and review my plan.`,
    (s) => `You are a teacher of ${s}. Answer my questions.`,
    (s) => `Pretend to be a customer interested in ${s}.`,
    (s) => `Take on the role of a critic of ${s}.`,
  ],
  'self-consistency': [
    (s) => `Double-check the claim that ${s} save money.`,
    (s) => `Give several independent answers about ${s} and keep the common one.`,
    (s) => `Cross-check these figures about ${s}.`,
    (s) => `Answer three times whether ${s} pay off, then take a majority vote.`,
  ],
  'tree-of-thoughts': [
    (s) => `Explore several directions for ${s} before choosing one.`,
    (s) => `Propose different approaches to ${s} and judge each.`,
    (s) => `Weigh the options for ${s} and recommend one.`,
    (s) => `Compare the alternatives to ${s}.`,
  ],
  analogy: [
    (s) => `Explain ${s} with an analogy.`,
    (s) => `Find a metaphor for ${s}.`,
    (s) => `Describe ${s} in terms of everyday things.`,
    (s) => `Explain ${s} like I'm five.`,
  ],
  constraint: [
    (s) => `Describe ${s} in at most 50 words.`,
    (s) => `Write about ${s} without using the letter e.`,
    (s) => `Describe ${s} in exactly three sentences; do not mention money.`,
    (s) => `Write a slogan for ${s} in fewer than 8 words.`,
  ],
  'step-by-step': [
    (s) => `How do I get started with ${s}?`,
    (s) => `Walk me through the basics of ${s}.`,
    (s) => `Write instructions for maintaining ${s}.`,
    (s) => `Show me step by step what ${s} require.`,
  ],
  'chain-of-thought': [
    (s) => `How many hours does it take to learn about ${s} at 3 pages a day?`,
    (s) => `Calculate the yearly cost of ${s}.`,
    (s) => `Work out whether ${s} break even, and show your reasoning.`,
    (s) => `Solve this puzzle about ${s}.`,
  ],
  'zero-shot': [
    (s) => `Translate this sentence about ${s} to French.`,
    (s) => `Summarise the history of ${s}.`,
    (s) => `Tell me about ${s}.`,
    (s) => `Define the term ${s}.`,
  ],
}

for (const technique of TECHNIQUES) {
  test(`prompts written for ${technique} are recognised, whatever their subject`, () => {
    for (const template of TEMPLATES[technique]) {
      for (const prompt of SUBJECTS.map(template)) {
        assert.equal(chooseTechnique(prompt, 1).technique, technique, prompt)
      }
    }
  })
}

test('confidence is repeatable, below 1, and higher when the cues are clear', () => {
  const clear = chooseTechnique('Calculate the total, and show your reasoning.', 1)
  const vague = chooseTechnique('Something about bees', 1)

  assert.deepEqual(clear, chooseTechnique('Calculate the total, and show your reasoning.', 1))
  assert.ok(clear.confidence > vague.confidence)
  assert.ok(vague.confidence >= 0.5 && clear.confidence < 1)
})

test('a prompt of the greatest length is classified in milliseconds', () => {
  const prompts = ['input: ', 'if ', 'aaaa ', '1 '].map((part) =>
    part.repeat(20_000).slice(0, 20_000),
  )
  const sinceMs = performance.now()
  for (const prompt of prompts) chooseTechnique(prompt, 1)

  // Far above what it takes: only an expression that explodes would take seconds.
  assert.ok(performance.now() - sinceMs < 5_000)
})
