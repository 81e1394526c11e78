// Pure: read by k6 and by Node. What a stream of prompts is made of, checked once.

/** Of all prompts, from 0 to 1; what they leave is plain. */
export interface PromptShares {
  /** Scripts other than Latin, emoji and combining marks around the request. @default 0 */
  unicode?: number
  /** Prompts of `longCharacters`. @default 0 */
  veryLong?: number
  /** Prompts that come again and again, word by word: what a cache can answer. @default 0 */
  repeated?: number
}

export interface PromptStreamOptions {
  /** Another seed is another stream; from 0 to 4,294,967,295. */
  seed: number
  shares?: PromptShares
  /** Length of every very long prompt, from 500 to 1,000,000. @default 8000 */
  longCharacters?: number
  /** How many different repeated prompts there are, from 1 to 1,000,000. @default 100 */
  repeatPool?: number
  /** Prompts in a batch, from 1 to 1,000. @default 10 */
  batchSize?: number
  /** Velocity of the live feed, above 0 and up to 1,000,000. @default 1000 */
  itemsPerSecond?: number
}

type CheckedOptions = Required<PromptStreamOptions> & { shares: Required<PromptShares> }

const WHOLE_NUMBERS = [
  ['seed', 0, 4_294_967_295],
  ['longCharacters', 500, 1_000_000],
  ['repeatPool', 1, 1_000_000],
  ['batchSize', 1, 1_000],
] as const

const SHARES = ['unicode', 'veryLong', 'repeated'] as const

// Shares that add up to 1 may, as floating-point numbers, add up to a little more.
const SUM_MAX = 1.000000001

/**
 * The options with their defaults.
 *
 * @throws Error that names every value out of its range, one on a line
 */
export const checkedOptions = (options: PromptStreamOptions): CheckedOptions => {
  const shares = { unicode: 0, veryLong: 0, repeated: 0, ...options.shares }
  const checked = { ...DEFAULTS, ...options, shares }
  const problems = problemsOf(checked)
  if (problems.length > 0) throw new Error(problems.join('\n'))
  return checked
}

const problemsOf = (checked: CheckedOptions): string[] => {
  const { shares, itemsPerSecond } = checked
  const problems: string[] = []
  for (const [name, min, max] of WHOLE_NUMBERS) {
    const value = checked[name]
    if (Number.isInteger(value) && value >= min && value <= max) continue
    problems.push(`Expected ${name} to be a whole number from ${min} to ${max}, got ${value}`)
  }
  if (!(itemsPerSecond > 0 && itemsPerSecond <= 1_000_000)) {
    problems.push(`Expected itemsPerSecond to be above 0, at most 1000000, got ${itemsPerSecond}`)
  }
  for (const name of SHARES) {
    const share = shares[name]
    if (!(share >= 0 && share <= 1)) {
      problems.push(`Expected shares.${name} to be from 0 to 1, got ${share}`)
    }
  }
  const sum = shares.unicode + shares.veryLong + shares.repeated
  if (sum > SUM_MAX) problems.push(`Expected shares to add up to at most 1, got ${sum}`)
  return problems
}

const DEFAULTS = {
  longCharacters: 8_000,
  repeatPool: 100,
  batchSize: 10,
  itemsPerSecond: 1_000,
}
