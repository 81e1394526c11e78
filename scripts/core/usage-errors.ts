import { ToolkitError } from './errors.ts'
import { didYouMean } from './nearest.ts'

export function unknownWorkload(name: string, folders: readonly { name: string }[]): ToolkitError {
  const known = folders.map((folder) => folder.name)
  return new ToolkitError({
    code: 'K6V_UNKNOWN_WORKLOAD',
    message: `Expected --workload to be a folder of workloads/ or the path of one, got "${name}"${didYouMean(name, known)}`,
    hint: `Known workloads: ${known.join(', ')}.`,
  })
}

/** @param hint where to look; without one, the help of whatever was typed */
export function wrongUsage(
  message: string,
  hint = '"--help" after the command lists its options.',
): ToolkitError {
  return new ToolkitError({ code: 'K6V_WRONG_USAGE', message, hint })
}

export function wrongValue(option: string, rule: string, value: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_WRONG_VALUE',
    message: `Expected ${option} to be ${rule}, got "${value}"`,
    hint: '"--help" after the command shows an example of each option.',
  })
}
