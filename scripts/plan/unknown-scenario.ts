import { ToolkitError } from '../core/errors.ts'
import { didYouMean } from '../core/nearest.ts'
import type { ScenarioFile } from './scenario-files.ts'

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
