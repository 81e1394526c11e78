// Pure: read by k6 and by Node. The plan and what the SLA and the cloud ask for -> k6's own options.
import type { Options } from 'k6/options'
import type { BuiltPlan } from './build-plan.ts'
import type { RunPlan } from './plan.ts'
import type { RunSettings } from './run-settings.ts'
import type { PhaseLoad } from './user-plan.ts'

/** k6's options of a run. */
export interface PlannedOptions extends Options {
  /** The plan travels with the script, so that whoever has the bundle can judge its samples. */
  ext: { 'k6-verdict': RunPlan }
}

/** The same as it is baked in: of each phase the target, as a user has its name and its end already. */
export interface BakedOptions extends Options {
  ext: { 'k6-verdict': Omit<RunPlan, 'phases'> & { phases: PhaseLoad[] } }
}

/** All that k6 asks of a script once for all users, but setup(). */
export const k6Options = (
  { plan, scenarios, distribution }: BuiltPlan,
  { scenario, testid, thresholds, trendStats, cloud }: RunSettings,
): PlannedOptions => {
  const { name = scenario, projectID, stackID } = cloud ?? {}
  const cloudOptions = {
    name,
    ...(projectID !== undefined && { projectID }),
    ...(stackID !== undefined && { stackID }),
    ...(distribution && { distribution }),
  }
  return {
    scenarios,
    thresholds,
    // What an endpoint allows stands with its requests; see expectNoRedirects().
    maxRedirects: 0,
    // Only what someone reads: each costs bytes and CPU on every one of millions of samples. The method is in
    // the name of an endpoint.
    systemTags: [
      'name',
      'status',
      'scenario',
      'expected_response',
      'error_code',
      'check',
      // Without them the cloud's own output refuses to start.
      ...(cloud ? (['method', 'error', 'group'] as const) : []),
    ],
    ...(trendStats.length > 0 && { summaryTrendStats: trendStats }),
    ...(testid !== undefined && { tags: { testid, workload: plan.workload } }),
    ...((distribution ?? cloud) && { cloud: cloudOptions }),
    ext: { 'k6-verdict': plan },
  }
}
