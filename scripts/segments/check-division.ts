import type { Scenario } from 'k6/options'
import { notWithInstances } from './errors.ts'
import type { Division } from './instance-plan.ts'
import { requireWork } from './segments.ts'

export interface DividedRun {
  scenarios: Readonly<Record<string, Scenario>>
  outputs: readonly string[]
  webDashboard: boolean
}

/** k6 outputs that write a file. */
const FILE_OUTPUT = /^(json|csv)(=|$)/

/**
 * Makes sure that a load can be divided so, before anything is started.
 *
 * @throws ToolkitError when a k6 would have nothing to do, or several would write to one place
 */
export function checkDivision(division: Division | undefined, run: DividedRun): void {
  if (!division) return
  const { instances, machine } = division
  requireWork(run.scenarios, instances, machine)
  if (run.webDashboard) throw notWithInstances('--web-dashboard can only show a single one')
  const file = run.outputs.find((output) => FILE_OUTPUT.test(output))
  if (instances > 1 && file !== undefined) {
    throw notWithInstances(`each of them would write the same file for --out ${file}`)
  }
}
