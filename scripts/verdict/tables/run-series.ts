import type { SampleDatabase } from '../../samples/sample-database.ts'
import type { Traffic } from '../facts/judged-tables.ts'
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
  { columns, traffic, ...input }: SeriesInput & { columns: readonly string[]; traffic: Traffic },
): Promise<RunSeries> {
  const isOfRequests = traffic === 'requests'
  const tags = columns.filter((column) => column !== 'operation')
  return {
    timeline: await timelineSeries(database, input),
    heatMap: await heatMap(database, input),
    percentiles: await percentileCurve(database),
    // Operations have a row each already, and no status.
    breakdowns: await breakdowns(database, isOfRequests ? columns : tags, input.seconds),
    errors: isOfRequests ? await errorGroups(database, columns) : [],
    rejections: await rejectionGroups(database, columns),
  }
}
