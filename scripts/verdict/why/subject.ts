import type { CompiledObjective } from '../../sla/compiled.ts'
import { recordOf } from '../../indicators/indicators.ts'
import type { MeasureContext } from '../../indicators/from-samples/measurement.ts'
import { selectionOf } from '../../indicators/from-samples/selection.ts'
import type { Subject } from '../../indicators/from-samples/subject.ts'

/** What to look at for a missed objective; undefined where rows cannot say why (a drift, a capacity). */
export function subjectOf(
  { objective }: Pick<CompiledObjective, 'objective'>,
  context: Pick<MeasureContext, 'timeline' | 'columns' | 'renamedTags'>,
): Subject | undefined {
  const selection = selectionOf(objective, context)
  const { columns } = context
  return recordOf(objective.indicator).subject?.(objective, { selection, columns })
}
