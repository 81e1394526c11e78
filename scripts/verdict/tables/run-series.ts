import type { SampleDatabase } from '../../samples/sample-database.ts'
import {
  type Breakdown,
  breakdowns,
  type ErrorGroup,
  errorGroups,
  type RejectionGroup,
  rejectionGroups,
} from './breakdowns.ts'
import { type HeatMap, heatMap, percentileCurve, type PercentilePoint } from './latency-series.ts'
import { type SeriesInput, type TimelineSeries, timelineSeries } from './timeline-series.ts'

/** What charts and tables of a report are drawn from; plain JSON. */
export interface RunSeries {
  timeline: TimelineSeries
  heatMap: HeatMap
  percentiles: PercentilePoint[]
  /** By operation, region, segment and technique, where there are several. */
  breakdowns: Breakdown[]
  errors: ErrorGroup[]
  rejections: RejectionGroup[]
}

/** Reads the judged tables for a report. */
export async function runSeries(
  database: SampleDatabase,
  { columns, ...input }: SeriesInput & { columns: readonly string[] },
): Promise<RunSeries> {
  return {
    timeline: await timelineSeries(database, input),
    heatMap: await heatMap(database, input),
    percentiles: await percentileCurve(database),
    breakdowns: await breakdowns(database, columns, input.seconds),
    errors: await errorGroups(database, columns),
    rejections: await rejectionGroups(database, columns),
  }
}
