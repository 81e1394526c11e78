import type { BuildOptions } from 'esbuild'
import type { WorkloadFolder } from './scripts/run/scenario-files.ts'
import type { BuiltPlan } from './lib/build-plan.ts'
import type { RunSettings } from './lib/run-settings.ts'

/** esbuild options for one scenario on one workload, with one run's numbers baked in. */
export function bundleOptions(of: {
  scenario: string
  workload: WorkloadFolder
  settings: RunSettings
  /** What the script says of itself; left out to find it out. */
  built?: BuiltPlan | undefined
}): BuildOptions
