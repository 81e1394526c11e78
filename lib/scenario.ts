// A scenario file in, what k6 asks of a script out: options, setup and the default function.
import type { Options } from 'k6/options'
import { planScenario, workloadMistakes } from './before-the-run.ts'
import type { ScenarioDefinition } from './build-plan.ts'
import { declaredMetrics } from './declared-metrics.ts'
import { declaredEndpoints } from './endpoint.ts'
import { env } from './env.ts'
import { namedFiles } from './files/named-files.ts'
import { runSettings } from './run-settings.ts'
import { expectNoRedirects } from './session.ts'
import { throwMistakes } from './noted-mistakes.ts'
import { setupOf, teardownOf } from './setup.ts'
import { virtualUser } from './virtual-user.ts'
import { withMix } from './workload-mix.ts'
import type { SetupData } from './vu-context.ts'

/** k6 reads options and calls setup() in a VU of its own, numbered 0; every other one has neither. */
export interface DefinedScenario {
  options: Options | undefined
  setup: (() => SetupData) | undefined
  teardown: ((data?: SetupData) => void) | undefined
  iteration: (data: SetupData) => void | Promise<void>
}

/** Turns a scenario into a k6 test, with the numbers of this run. */
export const defineScenario = (definition: ScenarioDefinition): DefinedScenario => {
  const settings = runSettings()
  const { seed, usersBefore = 0 } = settings
  expectNoRedirects()
  if (__VU === 0) throwMistakes(workloadMistakes(definition.workload))
  const workload = withMix(definition.workload, settings.mix ?? definition.mix)
  const iteration = virtualUser({ workload, seed, usersBefore })
  // Into the options of a VU, even empty ones, k6 would copy all that are in force: 6 KB.
  if (__VU !== 0) return { options: undefined, setup: undefined, teardown: undefined, iteration }

  const { plan, options } = planScenario(definition, settings, {
    endpoints: declaredEndpoints(),
    metrics: declaredMetrics,
    files: namedFiles,
  })
  // The name of this k6 among those of its run.
  if (options.tags) options.tags['instance'] = env('K6V_INSTANCE') ?? '0'
  return {
    options,
    setup: setupOf(plan, workload),
    teardown: teardownOf(plan, workload),
    iteration,
  }
}
