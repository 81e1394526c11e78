import { ToolkitError } from '../errors.ts'
import type { ScenarioFile, WorkloadFolder } from '../run/scenario-files.ts'
import { didYouMean } from '../sla/nearest.ts'

export function unknownCommand(
  name: string,
  { scenarios, commands }: { scenarios: readonly ScenarioFile[]; commands: readonly string[] },
): ToolkitError {
  const near = didYouMean(name, [...scenarios.map((each) => each.name), ...commands])
  return new ToolkitError({
    code: 'K6V_UNKNOWN_SCENARIO',
    message: `Expected a scenario or a command, got "${name}"${near}`,
    hint: `Commands: ${commands.join(', ')}.\n${scenariosText(scenarios)}`,
  })
}

export function unknownScenario(name: string, scenarios: readonly ScenarioFile[]): ToolkitError {
  const near = didYouMean(
    name,
    scenarios.map((each) => each.name),
  )
  return new ToolkitError({
    code: 'K6V_UNKNOWN_SCENARIO',
    message: `Expected a scenario, got "${name}"${near}`,
    hint: scenariosText(scenarios),
  })
}

// Those of single workloads are three times as many: the list has them.
function scenariosText(scenarios: readonly ScenarioFile[]): string {
  const ofAll = scenarios.filter(({ workload }) => workload === undefined)
  const others = scenarios.length - ofAll.length
  const names = ofAll.map(({ name }) => name).join(', ')
  return `Scenarios: ${names}, and ${others} of single workloads; "npm run k6 -- list" says what each asks.`
}

export function unknownWorkload(name: string, folders: readonly WorkloadFolder[]): ToolkitError {
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
