import type { Options } from 'k6/options'
import type { BuiltPlan } from '../../lib/build-plan.ts'
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
}
