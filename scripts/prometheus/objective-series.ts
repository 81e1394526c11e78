// The objectives of a run as series, in the base units of Prometheus.
import type { CompiledObjective } from '../sla/compiled.ts'
import { indicatorLabel } from '../indicators/indicators.ts'
import type { Unit } from '../core/limit.ts'
import { judgementOf, type ObjectiveResult } from '../verdict/rules/judge-objective.ts'
import { type Judgement, verdictWord } from '../verdict/verdict.ts'
import type { Gauge } from './series-timeline.ts'

/** Prometheus counts in seconds and ratios; the names are those of its metrics. */
const BASE_UNITS: Record<Unit, { unit: string; perUnit: number }> = {
  ms: { unit: 'seconds', perUnit: 1_000 },
  ratio: { unit: 'ratio', perUnit: 1 },
  '/s': { unit: 'per_second', perUnit: 1 },
  total: { unit: 'total', perUnit: 1 },
  units: { unit: 'units', perUnit: 1 },
  bytes: { unit: 'bytes', perUnit: 1 },
  'bytes/s': { unit: 'bytes_per_second', perUnit: 1 },
}

/** A number of an objective in Prometheus's units. */
export function inBaseUnits(value: number, unit: Unit): { value: number; unit: string } {
  const { unit: name, perUnit } = BASE_UNITS[unit]
  return { value: value / perUnit, unit: name }
}

/** Limits of the objectives that this run judges. */
export function limitGauges(objectives: readonly CompiledObjective[]): Gauge[] {
  return objectives.flatMap(({ id, objective, absence }) => {
    if (absence !== undefined) return []
    const { limit, level, where } = objective
    const { value, unit } = inBaseUnits(limit.value, limit.unit)
    const labels = {
      ...whereLabels(where),
      objective: id,
      indicator: indicatorLabel(objective),
      unit,
      comparison: limit.operator,
      level,
    }
    return { name: 'k6_verdict_objective_limit', labels, value }
  })
}

/** The verdict of a run. */
export function verdictGauge(judgement: Judgement, profile: string): Gauge {
  const labels = { verdict: verdictWord(judgement), profile }
  return { name: 'k6_verdict_run_verdict', labels, value: 1 }
}

/** What was measured and how it was judged. */
export function resultGauges(
  results: readonly ObjectiveResult[],
  objectives: readonly CompiledObjective[],
): Gauge[] {
  const byId = new Map(objectives.map((each) => [each.id, each.objective]))
  return results.flatMap((result) => {
    const { id, level, measured } = result
    const judgement = judgementOf(result)
    if (!judgement) return []
    const judged = { objective: id, verdict: verdictWord(judgement), level }
    const gauges = [{ name: 'k6_verdict_objective_verdict', labels: judged, value: 1 }]
    const objective = byId.get(id)
    if (measured === undefined || !objective) return gauges
    const { value, unit } = inBaseUnits(measured, result.unit)
    const indicator = indicatorLabel(objective)
    const labels = { ...whereLabels(objective.where), objective: id, indicator, unit, level }
    return [...gauges, { name: 'k6_verdict_objective_value', labels, value }]
  })
}

/** What an objective is limited to, as the labels of the series that it can be drawn over. */
function whereLabels({ endpoint, ...tags }: Record<string, string>): Record<string, string> {
  return endpoint === undefined ? tags : { ...tags, name: endpoint }
}
