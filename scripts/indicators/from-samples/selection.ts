import { judgedPhases } from '../judged-span.ts'
import type { Objective } from '../objective.ts'
import { tagsOf } from '../selector.ts'
import { K6_METRICS } from '../k6-metrics.ts'
import { OWN_COLUMNS } from '../../samples/csv-source.ts'
import { identifier, literal } from '../../samples/sample-database.ts'
import type { MeasureContext, Selection } from './measurement.ts'
import { secondsOf, spansOf } from '../timeline.ts'

/**
 * Where and when an objective looks.
 *
 * @param phases instead of those that the objective names
 */
export function selectionOf(
  { indicator, where, phases: wanted }: Objective,
  context: Pick<MeasureContext, 'timeline' | 'columns' | 'renamedTags'>,
  phases: readonly string[] = judgedPhases(wanted, context.timeline),
): Selection {
  const metric = 'metric' in indicator ? indicator.metric : undefined
  const isUntagged = metric !== undefined && K6_METRICS[metric]?.isUntagged === true
  const pairs = isUntagged ? [] : Object.entries(tagsOf(where))
  const tags = pairs.map(([tag, value]) => tagIs(tag, value, context))
  const conditions = [
    ...(metric !== undefined && metric !== 'http_reqs' ? [`metric = ${literal(metric)}`] : []),
    `phase IN (${phases.map(literal).join(', ') || 'NULL'})`,
    ...tags,
  ]
  const spans = spansOf(context.timeline, phases)
  return {
    condition: conditions.join(' AND '),
    tags: tags.join(' AND ') || 'true',
    hasUnknownTag: tags.includes(NO_SAMPLE),
    spans,
    seconds: secondsOf(spans),
  }
}

const NO_SAMPLE = 'false'

// A tag that no sample had has no column, and a column of its name may be that of another tag.
function tagIs(
  tag: string,
  value: string,
  { columns, renamedTags }: Pick<MeasureContext, 'columns' | 'renamedTags'>,
): string {
  const renamed = new Map(Object.entries(renamedTags))
  const column = renamed.get(tag) ?? tag
  const isOther = OWN_COLUMNS.includes(column) || [...renamed.values()].includes(tag)
  const isTag = renamed.has(tag) || (columns.includes(tag) && !isOther)
  return isTag ? `${identifier(column)} = ${literal(value)}` : NO_SAMPLE
}
