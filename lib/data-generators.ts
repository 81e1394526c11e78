// Pure: read by k6 and by Node. Realistic prompts without a data file: the nth prompt of a seed is
// always the same, whoever asks for it and in whatever order, and costs no memory.
import { createNotes } from './prompt-notes.ts'
import { kindPlace, poolPlace, scramble, startOf, techniquePlace } from './prompt-numbers.ts'
import { type PromptStreamOptions, checkedOptions } from './prompt-options.ts'
import { amongScripts } from './prompt-scripts.ts'
import { PROMPT_TEMPLATES, TOPICS } from './prompt-templates.ts'
import { nth } from './random.ts'

export type { PromptShares, PromptStreamOptions } from './prompt-options.ts'

export type PromptKind = 'plain' | 'unicode' | 'very-long' | 'repeated'

export interface Prompt {
  text: string
  /** The technique that the prompt was written for: what a good enhancer should choose. */
  technique: string
  kind: PromptKind
}

/**
 * Prompts by number. Each iteration needs a number of its own, such as the `index` of a workload's
 * operation or k6's `exec.scenario.iterationInTest`: it is unique over all instances of a test, so
 * they need not know of each other. But for the repeated ones no two prompts are alike, neither in
 * one stream nor in the streams of two seeds.
 */
export interface PromptStream {
  /** @param index of the prompt, from 0 to 4,294,967,295 */
  at: (index: number) => Prompt
  /**
   * `batchSize` prompts that neither `at` nor another batch gives. Repeated ones differ within a
   * batch too, if their pool is at least four times as large.
   *
   * @param index of the batch, from 0
   */
  batchAt: (index: number) => Prompt[]
  /**
   * Data in real time: a variant of the item that arrived last in a feed of `itemsPerSecond`, at
   * whatever rate it is asked for. Iterations that meet the same item get different variants.
   *
   * @param index of the iteration, from 0
   * @param elapsedMs since the feed began, e.g. `Date.now() - exec.scenario.startTime`
   */
  liveAt: (index: number, elapsedMs: number) => Prompt
}

// Arbitrary and far apart, so that the same index finds unrelated prompts in each.
const SINGLE_SALT = 0x27d4eb2f
const BATCH_SALT = 0x9e3779b1
const LIVE_SALT = 0x5bd1e995
const REPEATED_SALT = 0xc2b2ae3d

/**
 * A stream of prompts of all ten techniques. Shares of kinds and techniques are exact to within a
 * few prompts over any stretch of indexes. Create it once per virtual user, not per iteration.
 *
 * @throws Error that names every option out of its range
 */
export const createPromptStream = (options: PromptStreamOptions): PromptStream => {
  const checked = checkedOptions(options)
  const { seed, batchSize, itemsPerSecond } = checked
  const draw = promptWriter(checked)
  const single = scramble(seed, SINGLE_SALT)
  const batch = scramble(seed, BATCH_SALT)
  const live = scramble(seed, LIVE_SALT)

  return {
    at: (index) => draw(`${seed}.${index}`, scramble(single, index), index),
    batchAt: (index) =>
      Array.from({ length: batchSize }, (_, position) => {
        const n = index * batchSize + position
        return draw(`${seed}.b${index}.${position}`, scramble(batch, n), n)
      }),
    liveAt: (index, elapsedMs) => {
      const item = itemAt(elapsedMs, itemsPerSecond)
      return draw(`${seed}.t${item}.${index}`, scramble(scramble(live, item), index), index)
    },
  }
}

/** Writes the nth prompt, of the kind that the shares give to that number. */
type WritePrompt = (name: string, hash: number, n: number) => Prompt

const promptWriter = (options: ReturnType<typeof checkedOptions>): WritePrompt => {
  const { seed, shares, longCharacters } = options
  const start = startOf(seed)
  const addNotes = createNotes(longCharacters)
  const repeat = repeatedPrompts(options)
  const longFrom = shares.unicode
  const repeatedFrom = longFrom + shares.veryLong
  const plainFrom = repeatedFrom + shares.repeated

  return (name, hash, n) => {
    const place = kindPlace(start, n)
    if (place >= repeatedFrom && place < plainFrom) return repeat(n)
    const prompt = write(name, hash, techniquePlace(start, n))
    if (place < longFrom) {
      prompt.kind = 'unicode'
      prompt.text = amongScripts(prompt.text, hash)
    } else if (place < repeatedFrom) {
      prompt.kind = 'very-long'
      prompt.text = addNotes(prompt.text, hash)
    }
    return prompt
  }
}

const repeatedPrompts = ({
  seed,
  repeatPool,
}: Pick<ReturnType<typeof checkedOptions>, 'seed' | 'repeatPool'>): ((n: number) => Prompt) => {
  const start = startOf(seed)
  const repeated = scramble(seed, REPEATED_SALT)
  return (n) => {
    const entry = Math.floor(poolPlace(start, n) * repeatPool)
    const place = techniquePlace(start, entry)
    const prompt = write(`${seed}.r${entry}`, scramble(repeated, entry), place)
    prompt.kind = 'repeated'
    return prompt
  }
}

/** Number of the item that arrived last, from 0, in a feed of so many per second. */
export const itemAt = (elapsedMs: number, itemsPerSecond: number): number => {
  return Math.max(0, Math.floor((elapsedMs * itemsPerSecond) / 1_000))
}

const TECHNIQUES = Object.keys(PROMPT_TEMPLATES)

// The name makes the text unique: a cache cannot answer a test that meant to miss it.
const write = (name: string, hash: number, place: number): Prompt => {
  const technique = nth(TECHNIQUES, Math.floor(place * TECHNIQUES.length))
  const templates = PROMPT_TEMPLATES[technique] ?? []
  const request = nth(templates, hash >>> 8).replace('{}', nth(TOPICS, hash >>> 16))
  return { text: `${request} (case ${name})`, technique, kind: 'plain' }
}
