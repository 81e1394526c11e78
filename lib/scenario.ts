// A scenario file in, what k6 asks of a script out: options, setup and the default function.
import type { Options } from 'k6/options'
import { type BuiltOptions, buildPlan, type ScenarioDefinition } from './build-plan.ts'
import { baseUrl, instanceName } from './env.ts'
import type { Part } from './plan.ts'
import { runSettings } from './run-settings.ts'
import { createSend } from './session.ts'
import { type SetupData, type UserPlan, virtualUser } from './virtual-user.ts'
import type { Workload } from './workload.ts'

/** Options and setup are those of the evaluation that is no user's; k6 reads them nowhere else. */
export interface DefinedScenario {
  options: Options | undefined
  setup: (() => SetupData) | undefined
  iteration: (data: SetupData) => void | Promise<void>
}

// Node evaluates a script to learn its plan; what it found is baked in, so that the code that works
// plans out is not evaluated again by a thousand users.
declare const IS_BUILT: boolean
/** What each user needs of it. */
declare const BUILT_PLAN: UserPlan
/** What only `options` needs besides, as JSON text: an object here would be one in each user. */
declare const BUILT_OPTIONS: string

/** Turns a scenario into a k6 test, with the numbers of this run already baked in. */
export const defineScenario = (definition: ScenarioDefinition): DefinedScenario => {
  const { workload } = definition
  const worked = IS_BUILT ? undefined : { ...buildPlan(definition, runSettings), ...runSettings }
  const plan = worked?.plan ?? BUILT_PLAN
  const { seed, usersBefore = 0 } = runSettings
  const iteration = virtualUser({ workload, plan, seed, usersBefore })
  // Into the options of a user, even empty ones, k6 would copy all that are in force: 6 KB.
  if (__VU !== 0) return { options: undefined, setup: undefined, iteration }
  return {
    options: optionsOf(worked ?? builtOptions()),
    setup: () => prepareLogin(workload, plan.parts),
    iteration,
  }
}

const builtOptions = (): BuiltOptions => {
  const rest = JSON.parse(BUILT_OPTIONS) as BuiltOptions
  return { ...rest, plan: { ...rest.plan, ...BUILT_PLAN } }
}

const optionsOf = ({
  plan,
  scenarios,
  distribution,
  thresholds,
  trendStats,
  cloud,
}: BuiltOptions): Options => {
  const { testid, scenario } = runSettings
  return {
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
      ...(cloud ? CLOUD_TAGS : []),
    ],
    ...(trendStats.length > 0 && { summaryTrendStats: trendStats }),
    ...(testid !== undefined && {
      tags: { testid, workload: plan.workload, instance: instanceName() },
    }),
    ...((distribution ?? cloud) && { cloud: cloudOptions(scenario, distribution, cloud) }),
    // The plan travels with the script, so that whoever has the bundle can judge its samples.
    ext: { 'k6-verdict': plan },
  }
}

/** Without them the cloud's own output refuses to start. */
const CLOUD_TAGS = ['error', 'group']

const cloudOptions = (
  scenario: string,
  distribution: BuiltOptions['distribution'],
  { name = scenario, projectID, stackID }: Partial<NonNullable<BuiltOptions['cloud']>> = {},
): NonNullable<Options['cloud']> => ({
  name,
  ...(projectID !== undefined && { projectID }),
  ...(stackID !== undefined && { stackID }),
  ...(distribution && { distribution }),
})

// A log-in for each target before any load: a wrong password or a dead target ends the run here.
const prepareLogin = ({ auth }: Workload, parts: readonly Part[]): SetupData => {
  const regions = parts.flatMap(({ region, regions: shared }) => shared ?? [region])
  const targets = new Set(regions.map((region) => baseUrl(region)))
  return Object.fromEntries(
    [...targets].map((target) => [target, auth.prepare(createSend(target))]),
  )
}
