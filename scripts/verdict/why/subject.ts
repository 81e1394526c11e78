import { recordOf } from '../../indicators/indicators.ts'
import type { MeasureContext } from '../../indicators/from-samples/measurement.ts'
import { selectionOf, type Subject } from '../../indicators/from-samples/subject.ts'
import type { Objective } from '../../indicators/objective.ts'

type SubjectContext = Pick<MeasureContext, 'timeline' | 'columns' | 'renamedTags' | 'gates'>

/**
 * What to look at for a missed objective; undefined where rows cannot say why.
 *
 * @param details of its measurement
 */
export function subjectOf(
  objective: Objective,
  context: SubjectContext,
  details?: unknown,
): Subject | undefined {
  const { columns, timeline, gates } = context
  return recordOf(objective.indicator).subject?.(objective, {
    ...{ columns, timeline, gates, details },
    selection: selectionOf(objective, context),
    selectionIn: (phases) => selectionOf(objective, context, phases),
    subjectOf: (other) => subjectOf(other, context),
  })
}
