// A scenario file in, what k6 asks of a script out: options, setup and the default function.
import type { Options } from 'k6/options'
import { type BuiltOptions, buildPlan, type ScenarioDefinition } from './build-plan.ts'
import type { SetupData } from './place.ts'
import type { UserPlan } from './plan.ts'
import { runSettings } from './run-settings.ts'
import { optionsAndSetup } from './test-options.ts'
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
/** What only `options` needs besides, as JSON text: an object here would be one in each user. */
declare const BUILT_OPTIONS: string

/** Turns a scenario into a k6 test, with the numbers of this run already baked in. */
export const defineScenario = (definition: ScenarioDefinition): DefinedScenario => {
  const { workload } = definition
  const { seed, usersBefore = 0 } = runSettings
  const worked = IS_BUILT ? undefined : { ...buildPlan(definition, runSettings), ...runSettings }
  const plan = worked?.plan ?? BUILT_PLAN
  const iteration = virtualUser({ workload, plan, seed, usersBefore })
  // Into the options of a user, even empty ones, k6 would copy all that are in force: 6 KB.
  if (__VU !== 0) return { options: undefined, setup: undefined, iteration }
  if (worked) return { ...optionsAndSetup(worked, workload), iteration }
  const rest = JSON.parse(BUILT_OPTIONS) as BuiltOptions
  const built = { ...rest, plan: { ...rest.plan, ...plan } }
  return { ...optionsAndSetup(built, workload), iteration }
}
