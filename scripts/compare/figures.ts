import { UNJUDGED_PHASES } from '../../lib/plan.ts'
import { identifier, literal, type SampleDatabase } from '../samples/sample-database.ts'
import { percentileInterval } from '../indicators/from-samples/percentile-interval.ts'
import { everySecond } from '../statistics/batch-means.ts'
import type { Estimate } from '../statistics/percentile-interval.ts'
import { type CountBlock, ratioInterval } from '../statistics/ratio-interval.ts'

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
  /** SQL of the judged requests. */
  requests: string
  /** 0 to 100. */
  percentiles: readonly number[]
}

/** All endpoints together first, then each by name. */
export async function figuresOf(input: FiguresInput): Promise<Figures[]> {
  const { database, requests, percentiles } = input
  const phases = UNJUDGED_PHASES.map(literal).join(', ')
  await database.run(`CREATE OR REPLACE TEMP TABLE compared AS
SELECT coalesce(name, 'without a name') AS name, duration_ms, failed, at_us, at_us // 1000000 AS second
FROM (${requests}) WHERE phase NOT IN (${phases})`)
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
  const blocks = await database.rows<Block>(
    `SELECT ${by} AS endpoint, second, sum(failed::INT) AS events, count(*) AS total,
  sum((NOT failed)::INT) AS good FROM compared GROUP BY ALL ORDER BY endpoint, second`,
  )
  const names = [...new Set(blocks.map(({ endpoint }) => endpoint))]
  const figures: Figures[] = []
  for (const endpoint of names) {
    const own = blocks.filter((block) => block.endpoint === endpoint)
    const ratio = ratioInterval(everySecond(own, { endpoint, events: 0, total: 0, good: 0 }))
    const from = `SELECT duration_ms AS v, at_us FROM compared
WHERE NOT failed AND ${by} = ${literal(endpoint)}`
    figures.push({
      ...(endpoint !== '' && { endpoint }),
      requests: sumOf(own, ({ total }) => total),
      samples: sumOf(own, ({ good }) => good),
      percentiles: await estimatesOf(from, database, percentiles),
      ...(ratio && { errorRatio: { value: ratio.ratio, interval: ratio.interval } }),
    })
  }
  return figures
}

interface Block extends CountBlock {
  endpoint: string
  second: number
  good: number
}

/** The percentiles of one endpoint, with the interval of an objective's. */
async function estimatesOf(
  from: string,
  database: SampleDatabase,
  percentiles: readonly number[],
): Promise<Record<string, Estimate>> {
  const found: Record<string, Estimate> = {}
  for (const percentile of percentiles) {
    const [row] = await database.rows<{ value: number | null }>(
      `SELECT quantile_cont(v, ${percentile / 100}) AS value FROM (${from})`,
    )
    const value = row?.value ?? undefined
    if (value === undefined) continue
    const interval = await percentileInterval({ from, percentile }, value, database)
    found[`p${percentile}`] = { value, ...(interval && { interval }) }
  }
  return found
}

function sumOf<Item>(items: readonly Item[], amount: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + amount(item), 0)
}
