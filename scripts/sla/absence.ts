import { OPERATION_DURATION, type RunPlan } from '../../lib/plan.ts'
import { knownValues } from './read-sla.ts'
import { recordOf } from '../indicators/indicators.ts'
import { judgedSpan } from '../indicators/judged-span.ts'
import { K6_METRICS } from '../indicators/k6-metrics.ts'
import type { Unit } from '../core/limit.ts'
import type { EachKey, Objective } from '../indicators/objective.ts'

/** What is known about the run that objectives are compiled for. */
export interface RunContext {
  plan: RunPlan
  /** File name in scenarios/, without the ending. */
  scenario: string
  /** What the scenario itself asks for (users, or a rate), where a demo runs with less. */
  demoOf?: number | undefined
  /** Custom metrics of the run's bundle; left out where every metric is there. */
  metrics?: Record<string, unknown>
}

const EACH_KEYS: readonly EachKey[] = ['endpoint', 'operation', 'region']

/** Units of what grows with the load. */
const AMOUNTS: readonly Unit[] = ['/s', 'total', 'bytes/s']

/** Whether an objective says of each step if the target still copes with the load. */
export function isGate({ indicator }: Objective): boolean {
  return recordOf(indicator).inSteps === 'each'
}

/** Why an objective has nothing to judge in this run; undefined when it has. */
export function absence(objective: Objective, context: RunContext): string | undefined {
  const { plan } = context
  return (
    absentScenario(objective, context) ??
    absentDemo(objective, context) ??
    absentMetric(objective, context) ??
    absentSamples(objective, plan) ??
    absentPhase(objective, plan) ??
    absentValue(objective, plan)
  )
}

function absentScenario({ scenarios }: Objective, { plan, scenario }: RunContext) {
  if (scenarios === undefined) return undefined
  const names = [scenario, `${scenario}:${plan.profile ?? ''}`]
  if (scenarios.some((each) => names.includes(each))) return undefined
  return `it applies to ${scenarios.join(', ')} only`
}

// A part of the load cannot make all of the requests, or open all of the connections, that the SLA promises to carry.
function absentDemo({ indicator, limit }: Objective, { demoOf, plan }: RunContext) {
  const isCount =
    limit.unit === 'units' && indicator.kind === 'statistic' && indicator.statistic === 'max'
  const isAmount = (isCount || AMOUNTS.includes(limit.unit)) && limit.operator.startsWith('>')
  if (demoOf === undefined || !isAmount) return undefined
  return `it is for the whole load, and this demo runs ${plan.target} of ${demoOf}`
}

function absentMetric({ indicator, of }: Objective, { metrics }: RunContext) {
  if (!metrics) return undefined
  if (of === 'operation' && !(OPERATION_DURATION in metrics)) {
    return 'its script measures no operations'
  }
  if (!('metric' in indicator)) return undefined
  const { metric } = indicator
  return metric in metrics || metric in K6_METRICS ? undefined : `this run has no metric ${metric}`
}

function absentSamples({ indicator, windows }: Objective, { judges }: RunPlan) {
  const { inSteps, isProportion } = recordOf(indicator)
  if (judges === 'steps') return inSteps ? undefined : 'a run in steps has no value for it'
  if (inSteps === 'all') return 'it applies to a run in steps only'
  if (judges === 'all' || (isProportion && !windows)) return undefined
  return 'one pass has too few samples for anything but ratios'
}

function absentPhase({ phases }: Objective, plan: RunPlan) {
  if (judgedSpan(phases, plan.phases)?.seconds !== 0) return undefined
  return phases ? `this run has no phase ${phases.join(', ')}` : 'this run has no judged phase'
}

function absentValue({ where, each }: Objective, plan: RunPlan) {
  if (each && plan[`${each}s`].length === 0) return `this run has no ${each}s`
  const key = EACH_KEYS.find((key) => {
    const value = where[key]
    return value !== undefined && !knownValues(plan, key).includes(value)
  })
  return key && `this run has no ${key} ${where[key] ?? ''}`
}
