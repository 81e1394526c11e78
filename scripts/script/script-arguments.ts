// Pure. Which words of `run ...` are the toolkit's, which are k6's, and which is the script.
import { noScript, severalScripts, unknownFlag } from './errors.ts'
import { type GivenFlag, K6_FLAGS, readFlag } from './k6-flags.ts'
import { STANDARD_INPUT } from './typed-path.ts'

/** The command line of `run`, taken apart. */
export interface ScriptArguments {
  /** As typed. */
  script: string
  /** k6's flags, in their order. */
  flags: GivenFlag[]
  /** The toolkit's own options, in their order. */
  own: string[]
}

/** An option of the toolkit's own, as commander knows it. */
export interface OwnOption {
  long?: string | null | undefined
  /** It takes a value. */
  required: boolean
  /** It may have one. */
  optional: boolean
}

/**
 * Takes the words behind `run` apart. What both know is the toolkit's before `--`, and k6's behind it; of `--duration`
 * with another of k6's shortcuts for a load, k6's too.
 *
 * @throws ToolkitError for an option that neither knows, and without a script or with several
 */
export function scriptArguments(
  words: readonly string[],
  options: readonly OwnOption[],
): ScriptArguments {
  const own: string[] = []
  const flags: GivenFlag[] = []
  const scripts: string[] = []
  let isBehind = false
  for (let at = 0; at < words.length;) {
    const rest = words.slice(at)
    const [word = ''] = rest
    if (word === '--' && !isBehind) {
      isBehind = true
      at += 1
      continue
    }
    if (!word.startsWith('-') || word === STANDARD_INPUT) {
      scripts.push(word)
      at += 1
      continue
    }
    const ownLength = isBehind ? 0 : ownLengthOf(rest, options)
    if (ownLength > 0) {
      own.push(...rest.slice(0, ownLength))
      at += ownLength
      continue
    }
    const read = readFlag(rest)
    if (!read) throw unknownFlag(word, namesOf(isBehind ? [] : options))
    flags.push(read.flag)
    at += read.length
  }
  const [script, second] = scripts
  if (script === undefined) throw noScript()
  if (second !== undefined) throw severalScripts(script, second)
  return { script, flags, own }
}

function ownLengthOf(words: readonly string[], options: readonly OwnOption[]): number {
  const [word = '', next] = words
  const [name] = word.split('=', 1)
  const option = options.find(({ long }) => long === name)
  if (!option) return 0
  if (word.includes('=') || (!option.required && !option.optional)) return 1
  // A value that may be left out is one that looks like it: a script is none.
  if (option.optional) return next !== undefined && /^https?:/.test(next) ? 2 : 1
  return next === undefined ? 1 : 2
}

function namesOf(options: readonly OwnOption[]): string[] {
  const own = options.flatMap(({ long }) => long ?? [])
  return [...own, ...Object.keys(K6_FLAGS).map((name) => `--${name}`)]
}
