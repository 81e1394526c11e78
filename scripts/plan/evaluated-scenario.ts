import type { Options } from 'k6/options'
import type { BuiltPlan } from '../../lib/build-plan.ts'
import type { NamedFile } from '../../lib/files/named-files.ts'
import type { ScriptFacts } from '../../lib/k6-options.ts'
import type { RunPlan } from '../../lib/plan.ts'

/** A custom metric as k6 types it. */
export interface CustomMetric {
  type: 'counter' | 'gauge' | 'rate' | 'trend'
  isTime: boolean
}

/** What a script says about itself before anything runs. */
export interface EvaluatedScenario extends BuiltPlan {
  options: Options
  /** Custom metrics that the script creates, by name. */
  metrics: Record<string, CustomMetric>
  /** Files that its modules have opened by paths of their own; with their whole paths. */
  files?: NamedFile[]
}

/** What a script has put into `options.ext['k6-verdict']`. */
export function factsIn(options: Options): Partial<ScriptFacts> | undefined {
  return (options as { ext?: Record<string, Partial<ScriptFacts>> }).ext?.['k6-verdict']
}

/** The plan that a script of this toolkit carries; undefined for any other. */
export function planIn(options: Options): RunPlan | undefined {
  return partsOf(factsIn(options) ?? {}).plan
}

/** The facts of a script, taken apart. */
export function partsOf({ metrics = {}, files = [], ...plan }: Partial<ScriptFacts>): {
  plan: RunPlan | undefined
  metrics: EvaluatedScenario['metrics']
  files: NamedFile[]
} {
  return { plan: plan.phases && (plan as RunPlan), metrics, files }
}
