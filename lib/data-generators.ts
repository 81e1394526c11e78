// Pure. Realistic prompts: the nth prompt of a seed is always the same, and costs no memory.
import { PROMPT_FAMILIES, TOPICS } from './prompt-templates.ts'
import { createRandom, mixSeed, pick } from './random.ts'

export interface Prompt {
  text: string
  /** The technique that the prompt was written for: what a good enhancer should choose. */
  technique: string
}

/** Keeps the random numbers of prompts apart from those of think times and mixes. */
const PROMPT_STREAM = 1

/**
 * The nth prompt of a stream, in constant time and memory.
 *
 * @param seed the run's seed: another seed is another stream
 * @param index number of the prompt, from 0; its own in the text, so that no two are alike and a
 * cache cannot answer a test that meant to miss it
 */
export function promptAt(seed: number, index: number): Prompt {
  const random = createRandom(mixSeed(seed, PROMPT_STREAM, index))
  const { technique, templates } = pick(random, PROMPT_FAMILIES)
  const topic = pick(random, TOPICS)
  return { technique, text: `${pick(random, templates).replace('{topic}', topic)} (case ${index})` }
}
