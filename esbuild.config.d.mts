import type { BuildOptions } from 'esbuild'
import type { WorkloadFolder } from './scripts/run/scenario-files.ts'
import type { RunSettings } from './lib/run-settings.ts'

/** esbuild options for one scenario on one workload, with one run's numbers baked in. */
export function bundleOptions(of: {
  scenario: string
  workload: WorkloadFolder
  settings: RunSettings
}): BuildOptions
