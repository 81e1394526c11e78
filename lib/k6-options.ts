// Pure: read by k6 and by Node. The plan and what the SLA and the cloud ask for -> k6's own options.
import type { Options } from 'k6/options'
import type { BuiltPlan } from './build-plan.ts'
import type { MetricType } from './declared-metrics.ts'
import type { NamedFile } from './files/named-files.ts'
import type { RunPlan } from './plan.ts'
import type { RunSettings } from './run-settings.ts'

/** What k6 does not know of a script: `k6 inspect` shows it, and whoever has the bundle can judge its samples. */
export interface ScriptFacts extends RunPlan {
  /** Custom metrics that the script creates, by name. */
  metrics: Record<string, MetricType>
  /** Files that its modules have opened by paths of their own. */
  files: NamedFile[]
}

/** k6's options of a run. */
export interface PlannedOptions extends Options {
  ext: { 'k6-verdict': ScriptFacts }
}

/** All that k6 asks of a script once for all VUs, but setup(). */
export const k6Options = (
  { plan, scenarios, workloadOptions, distribution }: BuiltPlan,
  settings: RunSettings,
  noted: Pick<ScriptFacts, 'metrics' | 'files'>,
): PlannedOptions => {
  const { testid, thresholds, trendStats, cloud } = settings
  return {
    scenarios: scenariosOf(scenarios, plan, settings),
    thresholds,
    // What an endpoint allows stands with its requests; see expectNoRedirects().
    maxRedirects: 0,
    ...workloadOptions,
    // Only what someone reads: each costs bytes and CPU on every one of millions of samples. The method is in
    // the name of an endpoint.
    systemTags: [...SYSTEM_TAGS, ...(cloud ? CLOUD_TAGS : [])],
    ...(trendStats.length > 0 && { summaryTrendStats: trendStats }),
    ...(testid !== undefined && { tags: { testid, workload: plan.workload } }),
    ...((distribution ?? cloud) && { cloud: cloudOptions(settings, distribution) }),
    // k6 reads it after all init code: by then what was noted is complete.
    ext: { 'k6-verdict': { ...plan, ...noted } },
  }
}

const SYSTEM_TAGS = ['name', 'status', 'scenario', 'expected_response', 'error_code', 'check']

/** Without them the cloud's own output refuses to start. */
const CLOUD_TAGS = ['method', 'error', 'group']

const cloudOptions = (
  { scenario, cloud }: RunSettings,
  distribution: BuiltPlan['distribution'],
): NonNullable<Options['cloud']> => {
  const { name = scenario, projectID, stackID } = cloud ?? {}
  return {
    name,
    ...(projectID !== undefined && { projectID }),
    ...(stackID !== undefined && { stackID }),
    ...(distribution && { distribution }),
  }
}

const scenariosOf = (
  all: BuiltPlan['scenarios'],
  { parts }: RunPlan,
  { onlyRegion }: RunSettings,
): BuiltPlan['scenarios'] => {
  if (onlyRegion === undefined) return all
  const names = parts.filter(({ region }) => region === onlyRegion).map(({ name }) => name)
  return Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)))
}
