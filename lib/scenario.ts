// A scenario file in, what k6 asks of a script out: options, setup and the default function.
import type { Options } from 'k6/options'
import { buildPlan, type BuiltPlan, type ScenarioDefinition } from './build-plan.ts'
import { env } from './env.ts'
import { type BakedOptions, k6Options, type PlannedOptions } from './k6-options.ts'
import type { SetupData } from './place.ts'
import { runSettings, type RunSettings } from './run-settings.ts'
import { expectNoRedirects } from './session.ts'
import { setupOf } from './setup.ts'
import { phasesOfTimeline, type UserPlan, userPlanOf } from './user-plan.ts'
import { virtualUser } from './virtual-user.ts'

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
/** BakedOptions as JSON text: an object here would be one in each user. */
declare const BUILT_OPTIONS: string
/** Where nothing is built. */
declare const RUN_SETTINGS: RunSettings

/** Turns a scenario into a k6 test, with the numbers of this run already baked in. */
export const defineScenario = (definition: ScenarioDefinition): DefinedScenario => {
  const { workload } = definition
  const { seed, usersBefore = 0 } = runSettings
  const built = IS_BUILT ? undefined : buildPlan(definition, RUN_SETTINGS)
  const plan = IS_BUILT ? BUILT_PLAN : userPlanOf((built as BuiltPlan).plan)
  expectNoRedirects()
  const iteration = virtualUser({ workload, plan, seed, usersBefore })
  // Into the options of a user, even empty ones, k6 would copy all that are in force: 6 KB.
  if (__VU !== 0) return { options: undefined, setup: undefined, iteration }
  const options = IS_BUILT ? bakedOptions() : k6Options(built as BuiltPlan, RUN_SETTINGS)
  // The name of this k6 among those of its run.
  if (options.tags) options.tags['instance'] = env('K6V_INSTANCE') ?? '0'
  return { options, setup: setupOf(options.ext['k6-verdict'], workload), iteration }
}

const bakedOptions = (): PlannedOptions => {
  const { ext, ...options } = JSON.parse(BUILT_OPTIONS) as BakedOptions
  const plan = ext['k6-verdict']
  const phases = phasesOfTimeline(BUILT_PLAN.timeline, plan.phases)
  return { ...options, ext: { 'k6-verdict': { ...plan, phases } } }
}
