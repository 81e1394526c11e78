import type { Command, Option } from 'commander'
import { refuseUnfit } from '../options/not-with-script.ts'
import { maskArgument } from '../core/mask-secrets.ts'
import { ToolkitError } from '../core/errors.ts'
import { type Fault, isFault, type Problem, quote, unknownName } from '../sla/field-problem.ts'
import type { RunContext } from './check-run.ts'
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

/** Reads the options of a run: its own and, unless it is a script, the defaults of the suite. */
export function checkOptions(
  raw: RawRun,
  path: string,
  { command, context }: { command: Command; context: RunContext },
): GivenOptions {
  const isScript = raw.script !== undefined
  const options = command.options.map((each) => [each.attributeName(), each] as const)
  // A plan says itself what its users do.
  const isOwn = (key: string): boolean => raw.plan === undefined || key !== 'workload'
  const byKey: ByKey = new Map(options.filter(([key]) => isOwn(key)))
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
  const { defaults, overrides, usual = {}, commands } = context
  const isOfOthers = (key: string): boolean =>
    commands.some(({ options }) => options.some((each) => each.attributeName() === key))
  const own = Object.entries(raw).flatMap(([key, value]): Wanted[] => {
    const isOption = value !== undefined && !OWN_KEYS.some((each) => each === key)
    return isOption && (isScript || !(key in overrides))
      ? [{ key, value, at: `${path}.${key}` }]
      : []
  })
  const others = Object.entries({ ...defaults, ...usual })
    // A default that no command knows is a mistake; one that only other scenarios have is left out.
    .filter(([key]) => byKey.has(key) || !isOfOthers(key))
    .filter(([key]) => !(key in raw) && !(key in overrides))
    .map(([key, value]) => ({ key, value, at: key in usual ? path : `defaults.${key}` }))
  const replaced = Object.entries(overrides)
    .filter(([key]) => byKey.has(key))
    .map(([key, value]) => ({ key, value, at: path }))
  // A script sets its own load.
  return isScript ? own : [...own, ...others, ...replaced]
}

function wordsOf(key: string, value: OptionValue, { byKey, isScript }: Known): string[] | Fault {
  const option = byKey.get(key)
  if (!option) return unknownOption(key, byKey)
  try {
    if (isScript) refuseUnfit([option.long ?? ''])
  } catch (error) {
    if (!(error instanceof ToolkitError)) throw error
    const { message, hint } = error
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

/**
 * An option of a run as words of its command line, checked by what the command line itself checks it with.
 *
 * @param option as the command declares it
 */
function optionWords(option: Option, value: OptionValue): string[] | Fault {
  const name = option.long ?? option.flags
  if (option.negate) return isFlag(value) ? (value ? [] : [name]) : flagFault(name, value)
  if (option.isBoolean()) return isFlag(value) ? (value ? [name] : []) : flagFault(name, value)
  if (isFlag(value)) return flagWords(option, value)
  if (!Array.isArray(value)) return valueWords(option, value)
  if (!isRepeatable(option)) {
    return { expected: 'one value', found: shown(value), hint: `${name} is given once.` }
  }
  const words = value.map((each) => valueWords(option, each))
  return words.find(isFault) ?? (words as string[][]).flat()
}

function isFlag(value: OptionValue): value is boolean {
  return typeof value === 'boolean'
}

function flagFault(name: string, value: OptionValue): Fault {
  return { expected: 'true or false', found: shown(value), hint: `${name} takes no value.` }
}

// An option whose value may be left out, such as --prometheus [url].
function flagWords(option: Option, value: boolean): string[] | Fault {
  const name = option.long ?? option.flags
  if (option.optional) return value ? [name] : []
  return {
    expected: 'a value',
    found: quote(value),
    hint: `${option.flags}: ${option.description}.`,
  }
}

function isRepeatable({ variadic, defaultValue }: Option): boolean {
  return variadic || Array.isArray(defaultValue)
}

function valueWords(option: Option, value: string | number): string[] | Fault {
  const text = String(value)
  const name = option.long ?? option.flags
  if (option.argChoices) {
    const fault = unknownName(`value of ${name}`, text, option.argChoices)
    if (fault) return fault
  }
  try {
    // The parser of a repeatable option adds to what it is given.
    option.parseArg?.(text, option.defaultValue as never)
    return option.optional ? [`${name}=${text}`] : [name, text]
  } catch (error) {
    return refusal(error, option, value)
  }
}

// `Expected --users to be a whole number from 1 to 1000000, got "many"`
function refusal(error: unknown, option: Option, value: string | number): Fault {
  const message = error instanceof Error ? error.message : String(error)
  const [, rule] = /^Expected [^]*? to be ([^]*), got /.exec(message) ?? []
  const hint = error instanceof ToolkitError && rule === undefined ? error.hint : option.description
  return { expected: rule ?? message, found: shown(value), hint: `${option.flags}: ${hint}.` }
}

function shown(value: OptionValue): string {
  return quote(typeof value === 'string' ? maskArgument(value) : value)
}
