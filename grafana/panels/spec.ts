// What a board says of a panel: what it shows and how it reads, nothing of Grafana's JSON.
import type { ColourName } from './colours.ts'

/** One line of a legend, or one column of a table. */
export interface QuerySpec {
  /** PromQL, from grafana/queries/. */
  expr: string
  /** Name in the legend; `{{label}}` is replaced. In a table the title of the column. */
  legend: string
  /** Fixed for all series of the query; without it lines are coloured by their value. */
  colour?: ColourName
  /** Drawn dashed and never filled: a limit or a plan, not a measurement. */
  dashed?: true
}

/** A column of a table; each has its own unit. */
export interface ColumnSpec extends QuerySpec {
  unit: string
  decimals?: number
  /** Numbers of `VERDICT_NUMBERS` become coloured words. */
  verdict?: true
}

interface PanelBase {
  title: string
  /** Shown at the panel's "i": what it answers, and what its numbers do not say. */
  description: string
  /** A unit of Grafana: `s`, `percentunit`, `reqps`, `bytes`, … */
  unit: string
  /** Shown instead of an empty panel: why there may be nothing. */
  noValue: string
  /** Of 24 columns. */
  width: number
  /** In rows of 30 pixels. @default 8 */
  height?: number
  decimals?: number
}

export interface TimeSeriesSpec extends PanelBase {
  kind: 'timeseries'
  queries: QuerySpec[]
  min?: number
  max?: number
  stacked?: true
  /** Single points joined by a line, for values that are hours apart. */
  points?: true
}

export interface StatSpec extends PanelBase {
  kind: 'stat'
  queries: QuerySpec[]
  /** A small curve behind the number. It needs a range query; without it the query is instant. */
  curve?: true
  verdict?: true
}

export interface TableSpec extends PanelBase {
  kind: 'table'
  /** Labels that are columns, and their titles. */
  labels: Record<string, string>
  columns: ColumnSpec[]
  /** Title of the column that sorts, highest first. */
  sortBy?: string
  /** The label whose cells link to the overview of that run. */
  runLink?: string
}

export interface HeatmapSpec extends PanelBase {
  kind: 'heatmap'
  queries: [QuerySpec]
}

/** Curves of several runs over the time since their start. */
export interface AlignedSpec extends PanelBase {
  kind: 'aligned'
  /** By `testid`. */
  expr: string
}

export type PanelSpec = TimeSeriesSpec | StatSpec | TableSpec | HeatmapSpec | AlignedSpec

export interface RowSpec {
  title: string
  panels: PanelSpec[]
  /** Its queries run only when it is opened. */
  collapsed?: true
}

export interface BoardSpec {
  uid: string
  title: string
  /** The question that the board answers. */
  description: string
  rows: RowSpec[]
  /** Grafana's words, such as `now-30m`. */
  from: string
  /**
   * About many runs: begins with all of them and not the newest, and asks again every minute, since a day
   * of them takes Prometheus seconds.
   */
  allRuns?: true
}
