import type { Option } from 'commander'
import { maskArgument } from '../core/mask-secrets.ts'
import { ToolkitError } from '../errors.ts'
import { type Fault, isFault, quote, unknownName } from '../sla/problem.ts'
import type { OptionValue } from './suite-file.ts'

/**
 * An option of a run as words of its command line, checked by what the command line itself checks it with.
 *
 * @param option as the command declares it
 */
export function optionWords(option: Option, value: OptionValue): string[] | Fault {
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
