import { closest } from 'fastest-levenshtein'
import { ToolkitError } from '../errors.ts'
import type { WorkloadFolder } from '../run/scenario-files.ts'

export function unknownCommand(name: string, known: readonly string[]): ToolkitError {
  return new ToolkitError({
    code: 'K6V_UNKNOWN_SCENARIO',
    message: `Expected a scenario or a command, got "${name}"; did you mean "${closest(name, known)}"?`,
    hint: `Known: ${known.join(', ')}. "npm run k6 -- list" says what each scenario asks.`,
  })
}

export function unknownWorkload(name: string, folders: readonly WorkloadFolder[]): ToolkitError {
  const known = folders.map((folder) => folder.name)
  return new ToolkitError({
    code: 'K6V_UNKNOWN_WORKLOAD',
    message: `Expected --workload to be a folder of workloads/ or the path of one, got "${name}"; did you mean "${closest(name, known)}"?`,
    hint: `Known workloads: ${known.join(', ')}.`,
  })
}

export function wrongUsage(message: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_WRONG_USAGE',
    message,
    hint: '"npm run k6 -- --help" lists the commands, "npm run k6 -- spike --help" the options.',
  })
}

export function wrongValue(option: string, rule: string, value: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_WRONG_VALUE',
    message: `Expected ${option} to be ${rule}, got "${value}"`,
    hint: '"--help" after the command shows an example of each option.',
  })
}
