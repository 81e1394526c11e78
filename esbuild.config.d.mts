import type { BuildOptions } from 'esbuild'
import type { WorkloadFolder } from './scripts/plan/scenario-files.ts'
import type { RunSettings } from './lib/run-settings.ts'

/** Modules of lib/ that a VU evaluates where it first calls them; absolute paths. */
export const LATE: string[]

/** esbuild options for what k6 runs, in memory, with one run's numbers; where it begins is left to the caller. */
export function bundleOptions(of: {
  /** Left out for a script that imports none. */
  workload: WorkloadFolder | undefined
  settings: RunSettings
  /** What of its files' paths is left out; without it they are opened where they are. */
  filesRoot?: string | undefined
}): BuildOptions & { write: false }
