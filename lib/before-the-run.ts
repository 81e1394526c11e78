// Pure: read by k6 and by Node. What is worked out once, in VU 0 and in setup(): in a bundle no other VU has it
// (esbuild.late.mjs).
import { buildPlan, type ScenarioDefinition } from './build-plan.ts'
import type { Endpoint } from './endpoint.ts'
import { k6Options, type PlannedOptions, type ScriptFacts } from './k6-options.ts'
import type { RunPlan } from './plan.ts'
import type { RunSettings } from './run-settings.ts'
import { withMix } from './workload-mix.ts'

export { requireAllowedHosts } from './endpoint-facts.ts'
export { ruleMistakes } from './rule-mistakes.ts'
export { userPlanOf } from './user-plan.ts'
export { workloadMistakes } from './workload-mistakes.ts'

/** What init code has declared; k6 reads metrics and files when all of it has run. */
interface Declared extends Pick<ScriptFacts, 'metrics' | 'files'> {
  endpoints: readonly Endpoint[]
}

/** What will run, and what k6 asks of a script for it. @throws SettingsError */
export const planScenario = (
  definition: ScenarioDefinition,
  settings: RunSettings,
  { endpoints, ...noted }: Declared,
): { plan: RunPlan; options: PlannedOptions } => {
  const workload = withMix(definition.workload, settings.mix ?? definition.mix)
  const built = buildPlan(
    { ...definition, workload },
    settings,
    isPart(workload, definition.workload) ? endpoints.map(asOptional) : endpoints,
  )
  return { plan: built.plan, options: k6Options(built, settings, noted) }
}

const isPart = (mixed: ScenarioDefinition['workload'], whole: ScenarioDefinition['workload']) =>
  Object.keys(mixed.operations).length < Object.keys(whole.operations).length

// It is unknown which operations call an endpoint, and some operations are not in this run.
const asOptional = (endpoint: Endpoint): Endpoint => ({ ...endpoint, optional: true })
