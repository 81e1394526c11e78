import { judgedPhases } from '../sla/judged-span.ts'
import type { Objective } from '../sla/objective.ts'
import { tagsOf } from '../sla/selector.ts'
import { K6_METRICS } from '../sla/k6-metrics.ts'
import { identifier, literal } from '../samples/sample-database.ts'
import type { MeasureContext, Selection } from './measurement.ts'
import { secondsOf, spansOf } from './timeline.ts'

/**
 * Where and when an objective looks.
 *
 * @param phases instead of those that the objective names
 */
export function selectionOf(
  { indicator, where, phases: wanted }: Objective,
  { timeline, columns }: Pick<MeasureContext, 'timeline' | 'columns'>,
  phases: readonly string[] = judgedPhases(wanted, timeline),
): Selection {
  const metric = 'metric' in indicator ? indicator.metric : undefined
  const isUntagged = metric !== undefined && K6_METRICS[metric]?.isUntagged === true
  const conditions = [
    ...(metric !== undefined && metric !== 'http_reqs' ? [`metric = ${literal(metric)}`] : []),
    `phase IN (${phases.map(literal).join(', ') || 'NULL'})`,
    ...(isUntagged
      ? []
      : Object.entries(tagsOf(where)).map(([tag, value]) => tagIs(tag, value, columns))),
  ]
  const spans = spansOf(timeline, phases)
  return { condition: conditions.join(' AND '), spans, seconds: secondsOf(spans) }
}

// A tag that no sample had has no column.
function tagIs(tag: string, value: string, columns: readonly string[]): string {
  const column = columns.find((name) => name === tag || name === `tag_${tag}`)
  return column === undefined ? 'false' : `${identifier(column)} = ${literal(value)}`
}
