import type { SampleDatabase } from '../../samples/sample-database.ts'
import { type SeriesInput, stepSecondsOf, stepSql } from './timeline-series.ts'

/** How latencies are spread over time; only cells with requests. Plain JSON. */
export interface HeatMap {
  stepSeconds: number
  /** Lower bound of each row, in ms; the next row's is its upper bound. */
  bucketsMs: number[]
  /** Place of the step, place of the bucket, requests. */
  cells: [step: number, bucket: number, requests: number][]
}

/** One point of the percentile curve. */
export interface PercentilePoint {
  percentile: number
  ms: number
}

const STEPS_MAX = 180

/** Buckets to each doubling of the latency. */
const PER_DOUBLING = 4

const CURVE = [0, 10, 25, 50, 75, 90, 95, 97.5, 99, 99.5, 99.9, 99.95, 99.99, 100]

/** Expected responses, by the step in which they began and by their latency on a logarithmic scale. */
export async function heatMap(database: SampleDatabase, input: SeriesInput): Promise<HeatMap> {
  const stepSeconds = stepSecondsOf(input, STEPS_MAX)
  const rows = await database.rows<{ step: number; bucket: number; requests: number }>(
    `SELECT ${stepSql(input, stepSeconds)} AS step,
  CAST(floor(log2(greatest(duration_ms, 0.125)) * ${PER_DOUBLING}) AS BIGINT) AS bucket, count(*) AS requests
FROM traffic WHERE NOT failed GROUP BY 1, 2 ORDER BY 1, 2`,
  )
  const inTime = rows.filter(({ step }) => step >= 0)
  const numbers = inTime.map(({ bucket }) => bucket)
  const first = Math.min(...numbers)
  const count = numbers.length === 0 ? 0 : Math.max(...numbers) - first + 1
  return {
    stepSeconds,
    bucketsMs: Array.from({ length: count }, (_, index) => 2 ** ((first + index) / PER_DOUBLING)),
    cells: inTime.map(({ step, bucket, requests }) => [step, bucket - first, requests]),
  }
}

/** Exact percentiles of the whole run, from the fastest request to the slowest. */
export async function percentileCurve(database: SampleDatabase): Promise<PercentilePoint[]> {
  const quantiles = CURVE.map((percentile) => percentile / 100).join(', ')
  const [row] = await database.rows<{ ms: number[] | null }>(
    `SELECT quantile_cont(duration_ms, [${quantiles}]) AS ms FROM traffic WHERE NOT failed`,
  )
  const values = row?.ms ?? []
  return values.map((ms, index) => ({ percentile: CURVE[index] ?? NaN, ms }))
}
