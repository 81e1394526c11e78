import type { Limit } from '../../core/limit.ts'
import type { IndicatorName } from '../indicator.ts'
import { measuredOf, tagsOf } from '../measured.ts'
import type { Objective } from '../objective.ts'
import { secondsOf, spansOf, type TimedPhase } from '../timeline.ts'
import type { Gate, MeasureContext, Selection } from './measurement.ts'
import { judgedPhases } from '../judged-span.ts'
import { K6_METRICS } from '../k6-metrics.ts'
import { OWN_COLUMNS } from '../../samples/csv-source.ts'
import { identifier, literal } from '../../samples/sample-database.ts'

/** What an objective looks at, and which rows speak against it. */
export interface Subject {
  /** Bad rows are slow ones, failed ones, those that are missing, or either slow or failed after a spike. */
  kind: 'slow' | 'failed' | 'too-few' | 'unrecovered'
  table: 'requests' | 'operations' | 'samples'
  /** SQL for the rows that are judged. */
  condition: string
  /** SQL for the moment at which a row began, microseconds. */
  at: string
  /** SQL, true for a row that speaks against the objective. */
  bad: string
  /** SQL for the milliseconds of a row; NULL where it has none. */
  ms: string
  /** SQL for what has a name: an endpoint, a check. */
  name: string
  noun: 'endpoint' | 'check' | 'operation'
  /** Share of bad rows that the limit allows, 0 to 1; undefined where the limit is no share. */
  allowed: number | undefined
  /** SQL of the aggregate that gives the objective's number; undefined where there is none. */
  measure: string | undefined
  selection: Selection
}

/** Where an objective looks, and what was found there. */
export interface Place {
  selection: Selection
  /** Of the sample file. */
  columns: readonly string[]
  timeline: readonly TimedPhase[]
  /** Of the objective's measurement. */
  details: unknown
  gates: readonly Gate[]
  /** Where it would look in other phases. */
  selectionIn: (phases: readonly string[]) => Selection
  /** The subject of another objective. */
  subjectOf: (objective: Objective) => Subject | undefined
}

/** @returns undefined where rows cannot say why the limit is missed */
export type SubjectOf<Name extends IndicatorName> = (
  objective: Objective<Name>,
  place: Place,
) => Subject | undefined

/** SQL, true for what a column has on the wrong side of the limit. */
export function missesSql(column: string, { operator, value }: Limit): string {
  return `NOT (${column} ${operator} ${value})`
}

/** Requests or operations, whatever the objective is of, as the rows of a subject. */
export function ofMeasured(objective: Pick<Objective, 'of'>, selection: Selection) {
  const { table, noun } = measuredOf(objective)
  return {
    table,
    condition: selection.condition,
    at: 'at_us',
    ms: 'duration_ms',
    name: 'name',
    noun,
    selection,
  } as const
}

/** Those of the rows that failed. */
export function failuresOf(
  rows: ReturnType<typeof ofMeasured>,
  allowed: number,
  measure: string,
): Subject {
  return { ...rows, kind: 'failed', bad: 'failed', allowed, measure }
}

/** Values of a metric, as the rows of a subject. */
export function ofSamples(
  { indicator, limit }: Objective,
  { selection, columns }: Pick<Place, 'selection' | 'columns'>,
) {
  const metric = 'metric' in indicator ? indicator.metric : ''
  const [noun, column] = nameOf(metric)
  const isTime = limit.unit === 'ms'
  return {
    table: 'samples',
    condition: selection.condition,
    // k6 stamps the end of what it timed.
    at: isTime ? 'at_us - CAST(round(value * 1000) AS BIGINT)' : 'at_us',
    ms: isTime ? 'value' : 'CAST(NULL AS DOUBLE)',
    name: columns.includes(column) ? `"${column}"` : 'NULL',
    noun,
    selection,
  } as const
}

function nameOf(metric: string): [noun: Subject['noun'], column: string] {
  if (metric === 'checks') return ['check', 'check']
  return metric.startsWith('http_req') ? ['endpoint', 'name'] : ['operation', 'operation']
}

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
