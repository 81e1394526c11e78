import { basename } from 'node:path'
import {
  identifier,
  literal,
  pathLiteral,
  type SampleDatabase,
} from '../../samples/sample-database.ts'
import type { Measurement } from '../../indicators/from-samples/measurement.ts'
import { percentileInterval } from '../../indicators/from-samples/percentile-interval.ts'
import { minimumSamples } from '../../indicators/missed-by-few.ts'
import { meets } from '../../core/limit.ts'
import { reason, type Reason } from '../../reasons/reasons.ts'
import type { CompiledObjective, ScriptThreshold } from '../../sla/compiled.ts'
import { everySecond } from '../../statistics/batch-means.ts'
import type { Interval } from '../../statistics/percentile-interval.ts'
import { ratioInterval } from '../../statistics/ratio-interval.ts'
import type { InstanceEvidence } from './sample-faults.ts'

/** Where a threshold is measured. */
export interface ThresholdSource {
  database: SampleDatabase
  parquet: string
  columns: readonly string[]
  renamedTags: Readonly<Record<string, string>>
  /** Of the test, as k6 divides by it. */
  elapsedSeconds: number
  instances: readonly InstanceEvidence[]
}

type OfThreshold = CompiledObjective & { threshold: ScriptThreshold }

/**
 * The statistic of a script's threshold, over everything that k6 has recorded: setup(), teardown() and ramps too. k6
 * itself decides whether it is crossed, where one k6 has made all of the load.
 */
export async function measureThreshold(
  compiled: OfThreshold,
  source: ThresholdSource,
): Promise<Measurement> {
  const { threshold } = compiled
  const from = rowsSql(compiled, source)
  const sql = `SELECT count(*) AS samples, ${aggregateSql(compiled, source)} AS value FROM (${from})`
  const [row] = await source.database.rows<{ samples: number; value: number | null }>(sql)
  const { samples = 0, value: measured = null } = row ?? {}
  // By its own clock k6 knows better how long the test was.
  const isTimed = compiled.objective.indicator.kind === 'rate'
  const told = samples === 0 || isTimed ? ofSummary(threshold, source) : null
  const value = told ?? (samples > 0 ? measured : null)
  const interval =
    samples > 0 && value !== null && !threshold.isExact
      ? await intervalOf(compiled, { from, value, samples }, source)
      : undefined
  // As somebody can run it in the folder of the run.
  const shown = sql.replaceAll(pathLiteral(source.parquet), pathLiteral(basename(source.parquet)))
  const known = {
    samples,
    sql: shown,
    ...(value !== null && { value }),
    ...(interval && { interval }),
  }
  const isCrossed = crossedBy(threshold, source.instances) ?? misses(compiled, value)
  if (!isCrossed) return { ...known, isMet: true }
  return { ...known, isMissed: true, reason: whyCrossed(compiled, value) }
}

/** What k6 says of it; undefined where it says nothing, or several k6 say it of a part of the load each. */
function crossedBy(
  { metric, source }: ScriptThreshold,
  instances: readonly InstanceEvidence[],
): boolean | undefined {
  const [only] = instances
  if (!only?.summary || instances.length > 1) return undefined
  return only.summary.metrics[metric]?.crossed.includes(source) ?? false
}

function misses({ objective: { limit }, threshold }: OfThreshold, value: number | null): boolean {
  if (value === null) return false
  if (!threshold.isExact) return !meets(value, limit)
  const isEqual = Math.abs(value - limit.value) < 1e-9
  return threshold.source.includes('!=') ? isEqual : !isEqual
}

function whyCrossed(compiled: OfThreshold, value: number | null): Reason {
  const { limit } = compiled.objective
  if (value !== null && misses(compiled, value)) {
    return reason('LIMIT_MISSED', { measured: value, limit })
  }
  return reason('NOT_MEASURED', { why: 'k6 says that it was crossed' })
}

function ofSummary(
  { metric, aggregate }: ScriptThreshold,
  { instances }: ThresholdSource,
): number | null {
  const [only] = instances
  if (instances.length > 1) return null
  const { values = {} } = only?.summary?.metrics[metric] ?? {}
  const { max, passes = 0, fails = 0, count, value } = values
  // Of nothing, k6 makes 0.
  const isOfNothing = max === 0 || (passes + fails === 0 && count === undefined && value === 0)
  if (isOfNothing) return null
  return values[aggregate] ?? (aggregate === 'rate' ? values['value'] : undefined) ?? null
}

function rowsSql(
  { objective: { indicator }, threshold }: OfThreshold,
  { parquet, columns, renamedTags }: ThresholdSource,
): string {
  const metric = 'metric' in indicator ? indicator.metric : ''
  const tags = Object.entries(threshold.tags).map(([tag, value]) => {
    const column = renamedTags[tag] ?? tag
    if (!columns.includes(column)) return value === '' ? 'true' : 'false'
    return `coalesce(${identifier(column)}, '') = ${literal(value)}`
  })
  return `SELECT value AS v, end_us AS at_us FROM read_parquet(${pathLiteral(parquet)}) WHERE ${[`metric = ${literal(metric)}`, 'isfinite(value)', ...tags].join(' AND ')}`
}

function aggregateSql(
  { objective: { indicator }, threshold: { aggregate } }: OfThreshold,
  { elapsedSeconds }: ThresholdSource,
): string {
  if (indicator.kind === 'share') return 'avg((v <> 0)::INT)'
  if (indicator.kind === 'rate') return `sum(v) / ${Math.max(elapsedSeconds, 0.001)}`
  if (aggregate === 'count') return 'coalesce(sum(v), 0)'
  if (aggregate === 'value') return 'arg_max(v, at_us)'
  if (indicator.kind === 'statistic' && typeof indicator.statistic === 'number') {
    return `quantile_cont(v, ${indicator.statistic / 100})`
  }
  return `${aggregate}(v)`
}

async function intervalOf(
  { objective: { indicator, limit } }: OfThreshold,
  { from, value, samples }: { from: string; value: number; samples: number },
  { database }: ThresholdSource,
): Promise<Interval | undefined> {
  if (indicator.kind === 'share') {
    if (limit.value === 0 || limit.value === 1) return undefined
    const blocks = await database.rows<{ second: number; events: number; total: number }>(
      `SELECT at_us // 1000000 AS second, sum((v <> 0)::INT) AS events, count(*) AS total FROM (${from}) GROUP BY 1`,
    )
    return ratioInterval(everySecond(blocks, { events: 0, total: 0 }))?.interval
  }
  if (indicator.kind !== 'statistic' || typeof indicator.statistic !== 'number') return undefined
  const percentile = indicator.statistic
  if (samples < minimumSamples(percentile)) return undefined
  return percentileInterval({ from, percentile }, value, database)
}
