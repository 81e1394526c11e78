import type { BuildOptions } from 'esbuild'
import type { WorkloadFolder } from './scripts/run/scenario-files.ts'
import type { BakedOptions } from './lib/k6-options.ts'
import type { RunSettings, UserSettings } from './lib/run-settings.ts'
import type { UserPlan } from './lib/user-plan.ts'

/** What a script says of itself, for each user and for `options` alone. */
export interface Baked {
  settings: UserSettings
  plan: UserPlan
  options: BakedOptions
}

/** esbuild options for one scenario on one workload, with one run's numbers baked in. */
export function bundleOptions(of: {
  scenario: string
  workload: WorkloadFolder
  settings: RunSettings
  /** Left out to find it out. */
  built?: Baked | undefined
}): BuildOptions
