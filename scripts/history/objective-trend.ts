import { usedRatio } from '../report/html/limit-use.ts'
import { median } from '../statistics/quantile.ts'
import { type Outlier, outlierOf } from './outlier.ts'
import type { ObjectiveRecord, RunRecord } from './run-record.ts'

/** One run's value of an objective. */
export interface TrendPoint {
  runId: string
  startedAtMs: number
  value: number
  verdict: ObjectiveRecord['verdict']
}

/** An objective over comparable runs. */
export interface ObjectiveTrend {
  /** As it stands in the newest run. */
  objective: ObjectiveRecord
  /** Oldest first; at least one. */
  points: TrendPoint[]
  latest: number
  /** Of the last ten runs at most. */
  usual: { median: number; runs: number }
  /** How much of its limit each run used, oldest first; empty where a share makes no sense. */
  usedRatios: number[]
  /** That of the newest run; above 1 it missed it. */
  usedRatio?: number
  /** Why the newest run is out of line. */
  outlier?: Outlier
}

const USUAL_RUNS = 10

/** The trend of each objective of the newest runs, in the order of the SLA file. */
export function objectiveTrends(runs: readonly RunRecord[]): ObjectiveTrend[] {
  const named = new Map<string, ObjectiveRecord>()
  for (const run of [...runs].reverse()) {
    for (const row of run.objectives) {
      const key = keyOf(row)
      if (!named.has(key)) named.set(key, row)
    }
  }
  return [...named.values()].flatMap((objective) => trendOf(objective, runs) ?? [])
}

// An id whose indicator has changed is another objective.
function keyOf({ id, indicator, unit }: ObjectiveRecord): string {
  return JSON.stringify([id, indicator, unit])
}

function trendOf(
  objective: ObjectiveRecord,
  runs: readonly RunRecord[],
): ObjectiveTrend | undefined {
  const key = keyOf(objective)
  const points = runs.flatMap(({ id, startedAtMs, objectives }) => {
    const row = objectives.find((each) => keyOf(each) === key)
    // With too few samples a value means nothing.
    if (row?.measured === undefined || row.verdict === 'NO_DATA') return []
    return [{ runId: id, startedAtMs, value: row.measured, verdict: row.verdict }]
  })
  const newest = points.at(-1)
  if (!newest) return undefined
  const last = points.slice(-USUAL_RUNS).map(({ value }) => value)
  // Older runs are held against today's limit.
  const used = points.flatMap(({ value }) => usedRatio({ ...objective, measured: value }) ?? [])
  const isWhole = used.length === points.length
  const outlier = isWhole ? outlierOf(used) : undefined
  const usedLast = used.at(-1)
  return {
    objective,
    points,
    latest: newest.value,
    usual: { median: median(last), runs: last.length },
    ...(isWhole && usedLast !== undefined && { usedRatio: usedLast }),
    usedRatios: isWhole ? used : [],
    ...(outlier && { outlier }),
  }
}
