// A scenario file in, what k6 asks of a script out: options, setup and the default function.
import type { Options } from 'k6/options'
import { buildPlan, type BuiltPlan, type ScenarioDefinition } from './build-plan.ts'
import { baseUrl } from './env.ts'
import type { RunPlan } from './plan.ts'
import { runSettings } from './run-settings.ts'
import { createSend } from './session.ts'
import { type SetupData, virtualUser } from './virtual-user.ts'

export interface DefinedScenario {
  options: Options
  setup: () => SetupData
  iteration: (data: SetupData) => void | Promise<void>
}

/** Only what someone reads: each system tag costs bytes and CPU on every one of millions of samples. */
const SYSTEM_TAGS: NonNullable<Options['systemTags']> = [
  'name',
  'method',
  'status',
  'scenario',
  'expected_response',
  'error_code',
  'check',
]

// Node evaluates a script to learn its plan; what it found is baked in, so that the code that works
// plans out is not evaluated again by a thousand users.
declare const IS_BUILT: boolean
declare const BUILT_PLAN: BuiltPlan

/** Turns a scenario into a k6 test, with the numbers of this run already baked in. */
export const defineScenario = (definition: ScenarioDefinition): DefinedScenario => {
  const { plan, scenarios, distribution } = IS_BUILT
    ? BUILT_PLAN
    : buildPlan(definition, runSettings)
  const { thresholds, trendStats, testid, seed } = runSettings
  return {
    options: {
      scenarios,
      thresholds: thresholds,
      systemTags: SYSTEM_TAGS,
      ...(trendStats.length > 0 && { summaryTrendStats: trendStats }),
      ...(testid !== undefined && { tags: { testid } }),
      ...(distribution && { cloud: { name: runSettings.scenario, distribution } }),
      // The plan travels with the script, so that whoever has the bundle can judge its samples.
      ext: { 'k6-verdict': plan },
    },
    setup: () => prepareLogin(definition, plan),
    iteration: virtualUser({ workload: definition.workload, plan, seed }),
  }
}

// A log-in for each target before any load: a wrong password or a dead target ends the run here.
const prepareLogin = ({ workload }: ScenarioDefinition, { parts }: RunPlan): SetupData => {
  const targets = new Set(parts.map(({ region }) => baseUrl(region)))
  return Object.fromEntries(
    [...targets].map((target) => [target, workload.auth.prepare(createSend(target))]),
  )
}
