import { join } from 'node:path'
import { UNJUDGED_PHASES } from '../../lib/plan.ts'
import { SAMPLES_FILE } from '../run/run-folder.ts'
import { identifier, literal, type SampleDatabase } from '../samples/sample-database.ts'
import type { Interval } from '../verdict/statistics/interval.ts'
import { normalQuantile } from '../verdict/statistics/normal.ts'
import { type CountBlock, ratioInterval } from '../verdict/statistics/ratio-interval.ts'

/** A value of one run; the interval is a 90 % one and does not cover what differs between runs. */
export interface Estimate {
  value: number
  interval?: Interval
}

/** Numbers of one endpoint, or of all, over the judged phases. */
export interface Figures {
  /** Missing for all endpoints together. */
  endpoint?: string
  requests: number
  /** Expected responses, which percentiles rest on. */
  samples: number
  /** By name: `p95` in milliseconds, of expected responses. */
  percentiles: Record<string, Estimate>
  errorRatio?: Estimate
}

export interface FiguresInput {
  database: SampleDatabase
  /** SQL of the judged requests, as in `verdict.json`. */
  requests: string
  /** Folder that its paths start in. */
  folder: string
  /** 0 to 100. */
  percentiles: readonly number[]
}

/** How far to both sides of a percentile the density is looked at, at most. */
const DENSITY_REACH = 0.015

const Z = normalQuantile(0.95)

/** All endpoints together first, then each by name. */
export async function figuresOf(input: FiguresInput): Promise<Figures[]> {
  const { database, requests, folder, percentiles } = input
  // The SQL is relative to the run's folder.
  const file = literal(join(folder, SAMPLES_FILE))
  const table = requests.replaceAll(literal(SAMPLES_FILE), () => file)
  const phases = UNJUDGED_PHASES.map(literal).join(', ')
  await database.run(`CREATE OR REPLACE TEMP TABLE compared AS
SELECT coalesce(name, 'without a name') AS name, duration_ms, failed, at_us // 1000000 AS second
FROM (${table}) WHERE phase NOT IN (${phases})`)
  return [
    ...(await figuresBy("''", database, percentiles)),
    ...(await figuresBy(identifier('name'), database, percentiles)),
  ]
}

async function figuresBy(
  by: string,
  database: SampleDatabase,
  percentiles: readonly number[],
): Promise<Figures[]> {
  const blocks = await database.rows<CountBlock & { endpoint: string; good: number }>(
    `SELECT ${by} AS endpoint, second, sum(failed::INT) AS events, count(*) AS total,
  sum((NOT failed)::INT) AS good FROM compared GROUP BY ALL ORDER BY endpoint, second`,
  )
  const quantiles = new Map<number, QuantileRow[]>()
  for (const each of percentiles) quantiles.set(each, await database.rows(quantileSql(by, each)))
  return [...new Set(blocks.map(({ endpoint }) => endpoint))].map((endpoint) => {
    const own = blocks.filter((block) => block.endpoint === endpoint)
    const ratio = ratioInterval(own)
    const found = [...quantiles].flatMap(([percentile, rows]) => {
      const row = rows.find((each) => each.endpoint === endpoint)
      return row ? [[`p${percentile}`, estimateOf(row)] as const] : []
    })
    return {
      ...(endpoint !== '' && { endpoint }),
      requests: sumOf(own, ({ total }) => total),
      samples: sumOf(own, ({ good }) => good),
      percentiles: Object.fromEntries(found),
      ...(ratio && { errorRatio: { value: ratio.ratio, interval: ratio.interval } }),
    }
  })
}

interface QuantileRow {
  endpoint: string
  value: number
  /** Standard error of the logarithm. */
  error: number | null
}

// The delta method with whole seconds as the units that vary, as for an objective (measure-percentile.ts).
function quantileSql(by: string, percentile: number): string {
  const p = percentile / 100
  const reach = Math.min(DENSITY_REACH, (1 - p) / 2, p / 2)
  return `WITH judged AS (SELECT ${by} AS endpoint, duration_ms AS v, second FROM compared WHERE NOT failed),
whole AS (SELECT endpoint, count(*) AS n, quantile_cont(v, ${p}) AS q,
  quantile_cont(v, ${p + reach}) - quantile_cont(v, ${p - reach}) AS width FROM judged GROUP BY endpoint),
seconds AS (SELECT endpoint, second, sum((v <= q)::INT) - ${p} * count(*) AS surplus
  FROM judged JOIN whole USING (endpoint) GROUP BY endpoint, second)
SELECT endpoint, any_value(q) AS value,
  sqrt(count(*) * var_samp(surplus)) / any_value(n) * any_value(width) / ${2 * reach} / any_value(q) AS error
FROM whole JOIN seconds USING (endpoint) GROUP BY endpoint`
}

// A single second cannot tell how seconds vary.
function estimateOf({ value, error }: QuantileRow): Estimate {
  if (error === null || !Number.isFinite(error)) return { value }
  return {
    value,
    interval: { low: value * Math.exp(-Z * error), high: value * Math.exp(Z * error) },
  }
}

function sumOf<Item>(items: readonly Item[], amount: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + amount(item), 0)
}
