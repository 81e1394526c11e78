import type { CompiledObjective } from '../sla/compiled.ts'
import type { Objective } from '../indicators/objective.ts'
import type { MachinePart } from './segments.ts'

/** Indicators that grow with the load: of a part of it they say nothing. */
const OF_THE_WHOLE: readonly Objective['indicator']['kind'][] = [
  'rate',
  'count',
  'delivered-load',
  'slo-capacity',
]

/** Objectives as one machine of several can judge them: what asks for the whole load is left to the merge. */
export function segmentObjectives(
  objectives: readonly CompiledObjective[],
  { part, of }: MachinePart,
): CompiledObjective[] {
  const absence = `this is segment ${part}/${of} of the load: the merge judges it`
  return objectives.map((each) => {
    const isOfWhole = OF_THE_WHOLE.includes(each.objective.indicator.kind)
    return isOfWhole && each.absence === undefined ? { ...each, absence } : each
  })
}
