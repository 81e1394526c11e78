import type { CompiledObjective } from '../../sla/compiled.ts'
import type { Limit } from '../../core/limit.ts'
import type { Objective } from '../../indicators/objective.ts'
import type { JudgedTable } from '../facts/judged-tables.ts'
import type { MeasureContext, Selection } from '../../indicators/from-samples/measurement.ts'
import { selectionOf } from '../../indicators/from-samples/selection.ts'

/** What an objective looks at, and which rows speak against it. */
export interface Subject {
  /** Bad rows are slow ones, failed ones, or those that are missing. */
  kind: 'slow' | 'failed' | 'too-few'
  table: JudgedTable
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

/** For limits that are lower bounds of a rate: a second may lack a tenth. */
const TOO_FEW_ALLOWED = 0.1

type Context = Pick<MeasureContext, 'timeline' | 'columns' | 'renamedTags'>

/** What to look at for a missed objective; undefined where rows cannot say why (a drift, a capacity). */
export function subjectOf(
  { objective }: Pick<CompiledObjective, 'objective'>,
  context: Context,
): Subject | undefined {
  const selection = selectionOf(objective, context)
  const { indicator, limit } = objective
  const isUpper = limit.operator.startsWith('<')
  switch (indicator.kind) {
    case 'latency': {
      const isOver = over('duration_ms', limit)
      const condition = `(NOT failed OR ${isOver}) AND ${selection.condition}`
      const p = indicator.percentile / 100
      const measure = `quantile_cont(duration_ms, ${p})`
      const slow = { kind: 'slow', bad: isOver, allowed: 1 - p, measure } as const
      return { ...ofRequests(selection), ...slow, condition }
    }
    case 'error-ratio':
      return ofFailures(selection, limit.value, 'avg(failed::INT)')
    case 'availability':
      return ofFailures(selection, 1 - limit.value, 'avg((NOT failed)::INT)')
    case 'apdex': {
      const bad = `(failed OR duration_ms > ${indicator.targetMs})`
      const slow = { kind: 'slow', bad, allowed: 1 - limit.value, measure: undefined } as const
      return { ...ofRequests(selection), ...slow }
    }
    case 'share': {
      const bad = isUpper ? 'value <> 0' : 'value = 0'
      const allowed = isUpper ? limit.value : 1 - limit.value
      const failed = { kind: 'failed', bad, allowed, measure: 'avg((value <> 0)::INT)' } as const
      return { ...ofSamples(selection, objective, context), ...failed }
    }
    case 'statistic':
      return isUpper ? ofStatistic(selection, objective, context) : undefined
    case 'rate':
      return isUpper ? undefined : ofRate(selection, objective, context)
    default:
      return undefined
  }
}

function over(column: string, { operator, value }: Limit): string {
  return `NOT (${column} ${operator} ${value})`
}

function ofRequests(selection: Selection) {
  return {
    table: 'requests',
    condition: selection.condition,
    at: 'at_us',
    ms: 'duration_ms',
    name: 'name',
    noun: 'endpoint',
    selection,
  } as const
}

function ofFailures(selection: Selection, allowed: number, measure: string): Subject {
  return { ...ofRequests(selection), kind: 'failed', bad: 'failed', allowed, measure }
}

function ofSamples(selection: Selection, { indicator, limit }: Objective, { columns }: Context) {
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

function ofStatistic(
  selection: Selection,
  objective: Objective,
  context: Context,
): Subject | undefined {
  const { indicator, limit } = objective
  if (indicator.kind !== 'statistic' || indicator.statistic === 'min') return undefined
  const { statistic } = indicator
  const isPercentile = typeof statistic === 'number'
  const allowed = isPercentile ? 1 - statistic / 100 : statistic === 'max' ? 0 : undefined
  const measure = isPercentile ? `quantile_cont(value, ${statistic / 100})` : `${statistic}(value)`
  const slow = { kind: 'slow', bad: over('value', limit), allowed, measure } as const
  return { ...ofSamples(selection, objective, context), ...slow }
}

function ofRate(selection: Selection, objective: Objective, context: Context): Subject {
  const isRequests = 'metric' in objective.indicator && objective.indicator.metric === 'http_reqs'
  const rows = isRequests ? ofRequests(selection) : ofSamples(selection, objective, context)
  const few = {
    kind: 'too-few',
    bad: 'false',
    allowed: TOO_FEW_ALLOWED,
    measure: undefined,
  } as const
  return { ...rows, ...few }
}
