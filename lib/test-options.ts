// What k6 asks of a script once for all users. Functions of its own are inside, so that no user has them.
import type { Options } from 'k6/options'
import type { BuiltOptions } from './build-plan.ts'
import { baseUrl, env } from './env.ts'
import type { SetupData } from './place.ts'
import { runSettings } from './run-settings.ts'
import { createSend } from './session.ts'
import type { Workload } from './workload.ts'

/** k6's options of a run, and its setup(): a log-in for each target before any load. */
export const optionsAndSetup = (
  { plan, scenarios, distribution, thresholds, trendStats, cloud }: BuiltOptions,
  { auth }: Workload,
): { options: Options; setup: () => SetupData } => {
  const { testid, scenario } = runSettings
  const cloudOptions = (): NonNullable<Options['cloud']> => {
    const { name = scenario, projectID, stackID } = cloud ?? {}
    return {
      name,
      ...(projectID !== undefined && { projectID }),
      ...(stackID !== undefined && { stackID }),
      ...(distribution && { distribution }),
    }
  }
  const options: Options = {
    scenarios,
    thresholds,
    // Only what someone reads: each costs bytes and CPU on every one of millions of samples.
    systemTags: [
      'name',
      'method',
      'status',
      'scenario',
      'expected_response',
      'error_code',
      'check',
      // Without them the cloud's own output refuses to start.
      ...(cloud ? ['error', 'group'] : []),
    ],
    ...(trendStats.length > 0 && { summaryTrendStats: trendStats }),
    ...(testid !== undefined && {
      // The last is the name of this k6 among those of its run.
      tags: { testid, workload: plan.workload, instance: env('K6V_INSTANCE') ?? '0' },
    }),
    ...((distribution ?? cloud) && { cloud: cloudOptions() }),
    // The plan travels with the script, so that whoever has the bundle can judge its samples.
    ext: { 'k6-verdict': plan },
  }
  // A wrong password or a dead target ends the run here.
  const setup = (): SetupData => {
    const regions = plan.parts.flatMap(({ region, regions: shared }) => shared ?? [region])
    const targets = new Set(regions.map((region) => baseUrl(region)))
    return Object.fromEntries(
      [...targets].map((target) => [target, auth.prepare(createSend(target))]),
    )
  }
  return { options, setup }
}
