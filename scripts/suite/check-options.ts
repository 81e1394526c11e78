import type { Command, Option } from 'commander'
import { refuseUnfit } from '../commands/not-with-script.ts'
import type { ToolkitError } from '../errors.ts'
import { type Fault, type Problem, quote, unknownName } from '../sla/problem.ts'
import type { RunContext } from './check-run.ts'
import { optionWords } from './option-words.ts'
import { type OptionValue, OWN_KEYS, type RawRun } from './suite-file.ts'

/** The options of a run as words of its command line, and what is wrong with the others. */
export interface GivenOptions {
  words: string[]
  problems: Problem[]
  /** Where each option stands in the file. */
  keys: Map<string, string>
}

/** An option by the name that it has in a file. */
type ByKey = ReadonlyMap<string, Option>

/** Reads the options of a run: its own and, of a scenario, the defaults of the suite. */
export function checkOptions(
  raw: RawRun,
  path: string,
  { command, context }: { command: Command; context: RunContext },
): GivenOptions {
  const byKey: ByKey = new Map(command.options.map((each) => [each.attributeName(), each]))
  const isScript = command.name() === 'run'
  const given: GivenOptions = { words: [], problems: [], keys: new Map() }
  for (const { key, value, at } of wanted(raw, path, { byKey, isScript, context })) {
    given.keys.set(key, at)
    const found = wordsOf(key, value, { byKey, isScript })
    if (Array.isArray(found)) given.words.push(...found)
    else given.problems.push({ path: at, ...found })
  }
  return given
}

interface Wanted {
  key: string
  value: OptionValue
  at: string
}

interface Known {
  byKey: ByKey
  isScript: boolean
}

function wanted(
  raw: RawRun,
  path: string,
  { byKey, isScript, context }: Known & { context: RunContext },
): Wanted[] {
  const { defaults, overrides, commands } = context
  const isOfOthers = (key: string): boolean =>
    commands.some(({ options }) => options.some((each) => each.attributeName() === key))
  const own = Object.entries(raw).flatMap(([key, value]): Wanted[] => {
    const isOption = value !== undefined && !OWN_KEYS.some((each) => each === key)
    return isOption && (isScript || !(key in overrides))
      ? [{ key, value, at: `${path}.${key}` }]
      : []
  })
  const usual = Object.entries(defaults)
    // One that no command has is a mistake; not every scenario has all of them.
    .filter(([key]) => byKey.has(key) || !isOfOthers(key))
    .filter(([key]) => !(key in raw) && !(key in overrides))
    .map(([key, value]) => ({ key, value, at: `defaults.${key}` }))
  const replaced = Object.entries(overrides)
    .filter(([key]) => byKey.has(key))
    .map(([key, value]) => ({ key, value, at: path }))
  // A script says of itself what load it is.
  return isScript ? own : [...own, ...usual, ...replaced]
}

function wordsOf(key: string, value: OptionValue, { byKey, isScript }: Known): string[] | Fault {
  const option = byKey.get(key)
  if (!option) return unknownOption(key, byKey)
  try {
    if (isScript) refuseUnfit([option.long ?? ''])
  } catch (error) {
    const { message, hint } = error as ToolkitError
    return {
      expected: 'an option that fits a script',
      found: quote(key),
      hint: `${message}. ${hint}`,
    }
  }
  return optionWords(option, value)
}

function unknownOption(key: string, byKey: ByKey): Fault {
  const known = [...byKey].filter(([, { hidden }]) => !hidden).map(([name]) => name)
  const camelCase = key
    .replace(/^-+/, '')
    .replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
  const hint = `Did you mean ${quote(camelCase)}? Options are written in camelCase.`
  const fault = unknownName('option of this command', camelCase, known)
  const place = { expected: 'a known option of this command', found: quote(key), hint }
  return fault ? { ...fault, found: quote(key) } : place
}
