import { reason, type Reason } from '../../reasons/reasons.ts'
import type { Evidence } from '../evidence.ts'

/** More than this share missing is another load than planned. */
const SHORTFALL_RATIO = 0.01

/** Iterations of an open model begin a little late, and the last ones of a plan not at all. */
const EDGE_SECONDS = 0.1

/** Of a load that the toolkit counts every iteration is due: its numbers are exact. */
export function countReasons({ plan, delivery }: Evidence, begun: number): Reason[] {
  const { plannedIterations = 0 } = delivery
  const [first] = plan.parts
  if (begun >= plannedIterations) return []
  const scenario = first?.name ?? plan.workload
  return [reason('SCENARIO_SHORT', { scenario, begun, planned: plannedIterations })]
}

/**
 * Scenarios of a k6 script that began fewer iterations than they were to: those that count them, and those with a
 * rate beside others without one. What k6 interrupted is told of all scenarios together.
 */
export function scenarioReasons({ plan, scenarioCounts, delivery }: Evidence): Reason[] {
  const { script = [], model } = plan
  if (!scenarioCounts) return []
  return script.flatMap((load) => {
    const { name, model: own, iterations: planned, target } = load
    if (planned === undefined || (own === 'open' && model !== 'mixed')) return []
    const { iterations = 0 } = scenarioCounts.get(name) ?? {}
    const begun = Math.min(planned, iterations + delivery.interruptedIterations)
    const edge = own === 'open' ? target * EDGE_SECONDS + 1 : 0
    const isShort = planned - begun > Math.max(edge, SHORTFALL_RATIO * planned)
    return isShort
      ? [reason('SCENARIO_SHORT', { scenario: name, begun, planned: Math.round(planned) })]
      : []
  })
}
