// A scenario file in, what k6 asks of a script out: options, setup and the default function.
import type { Options } from 'k6/options'
import { type BuiltOptions, buildPlan, type ScenarioDefinition } from './build-plan.ts'
import { baseUrl } from './env.ts'
import type { Part } from './plan.ts'
import { runSettings } from './run-settings.ts'
import { createSend } from './session.ts'
import { type SetupData, type UserPlan, virtualUser } from './virtual-user.ts'
import type { Workload } from './workload.ts'

export interface DefinedScenario {
  options: Options
  setup: () => SetupData
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
  return {
    // k6 reads it once, from the evaluation that is no user's.
    options: __VU === 0 ? optionsOf(worked ?? builtOptions()) : NO_OPTIONS,
    setup: () => prepareLogin(workload, plan.parts),
    iteration: virtualUser({ workload, plan, seed: runSettings.seed }),
  }
}

const NO_OPTIONS: Options = {}

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
    ],
    ...(trendStats.length > 0 && { summaryTrendStats: trendStats }),
    ...(testid !== undefined && { tags: { testid } }),
    ...(distribution && { cloud: { name: scenario, distribution } }),
    // The plan travels with the script, so that whoever has the bundle can judge its samples.
    ext: { 'k6-verdict': plan },
  }
}

// A log-in for each target before any load: a wrong password or a dead target ends the run here.
const prepareLogin = ({ auth }: Workload, parts: readonly Part[]): SetupData => {
  const targets = new Set(parts.map(({ region }) => baseUrl(region)))
  return Object.fromEntries(
    [...targets].map((target) => [target, auth.prepare(createSend(target))]),
  )
}
