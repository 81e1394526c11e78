import { readServerAlerts, type ServerAlert } from '../server-metrics/read-alerts.ts'
import { CHARTS, type ChartRule } from './resource-charts.ts'
import { type ResourceSeries, runResources } from './run-resources.ts'
import { ratesOf, sumOf } from './combine-series.ts'
import { type KeptSeries, thinSeries } from './host-file.ts'
import type { Unit } from '../core/limit.ts'

/** What the report tells of the machines of a run. Plain JSON, in display units. */
export interface RunResources {
  charts: ResourceChart[]
  /** Limits on metrics of targets that were missed while the run went on, in order of time. */
  alerts: ServerAlert[]
}

/** A small chart. */
export interface ResourceChart {
  /** `generator`, or the address of a target's metrics. */
  source: string
  title: string
  unit: Unit
  lines: ({ label: string } & KeptSeries)[]
}

/** Of a line; a report has dozens of them. */
const POINTS_MAX = 240

/** Undefined where nothing is known. */
export async function reportedResources(folder: string): Promise<RunResources | undefined> {
  const series = await runResources(folder)
  const sources = [...new Set(series.map(({ source }) => source))]
  const charts = sources.flatMap((source) => {
    const own = series.filter((each) => each.source === source)
    return CHARTS.flatMap((rule) => chartOf(rule, own, source))
  })
  const alerts = await readServerAlerts(folder)
  return charts.length + alerts.length === 0 ? undefined : { charts, alerts }
}

function chartOf(
  { title, unit, lines: rules }: ChartRule,
  series: readonly ResourceSeries[],
  source: string,
): ResourceChart[] {
  const lines = rules.flatMap(({ label, name, isRate = false, factor = 1, labels }) => {
    const found = series.filter((each) => each.name === name && (labels?.(each.labels) ?? true))
    if (found.length === 0) return []
    const { atMs, values } = sumOf(isRate ? found.map(ratesOf) : found)
    const scaled = { atMs, values: values.map((value) => value * factor) }
    return atMs.length === 0 ? [] : [{ label, ...thinSeries(scaled, POINTS_MAX) }]
  })
  return lines.length === 0 ? [] : [{ source, title, unit, lines }]
}
