import type { CompiledObjective } from '../sla/compiled.ts'
import { recordOf } from '../indicators/indicators.ts'
import type { MachinePart } from './segments.ts'

/** Objectives as one machine of several can judge them: what asks for the whole load is left to the merge. */
export function segmentObjectives(
  objectives: readonly CompiledObjective[],
  { part, of }: MachinePart,
): CompiledObjective[] {
  const absence = `this is segment ${part}/${of} of the load: the merge judges it`
  return objectives.map((each) => {
    const { inPartOfLoad } = recordOf(each.objective.indicator)
    return inPartOfLoad || each.absence !== undefined ? each : { ...each, absence }
  })
}
