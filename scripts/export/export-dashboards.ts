import { open, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import type { Points, PrometheusApi } from '../prometheus/prometheus-api.ts'
import { rowsOf } from './dashboard-rows.ts'
import type { PanelQuery } from './dashboard-queries.ts'
import { exportUnwritable } from './errors.ts'
import { fillVariables } from './fill-variables.ts'
import { headText, type RowFormat, rowsText } from './row-text.ts'

export interface DashboardExport {
  api: PrometheusApi
  queries: readonly PanelQuery[]
  /** The runs, each with its own span. */
  runs: readonly { testid: string; points: Points }[]
  format: RowFormat
  /** Replaced if it is there. */
  out: string
  onQuery: (done: number, all: number) => void
}

export interface ExportedRows {
  rows: number
  bytes: number
  /** Queries without a single value. */
  empty: number
}

/**
 * Asks Prometheus what the dashboards ask, and writes every number to a file.
 *
 * @throws ToolkitError when a query fails or the file cannot be written; then no file is left
 */
export async function exportDashboards(input: DashboardExport): Promise<ExportedRows> {
  const { out, format } = input
  const partial = `${out}.partial`
  const file = await open(partial, 'w').catch((cause: unknown) => {
    throw exportUnwritable(out, cause instanceof Error ? cause.message : String(cause))
  })
  try {
    await file.write(headText(format))
    const counted = await writeAll(input, file)
    await file.close()
    await rename(partial, out)
    return { ...counted, bytes: (await stat(out)).size }
  } catch (error) {
    await file.close().catch(() => undefined)
    await rm(partial, { force: true })
    throw error
  }
}

async function writeAll(
  { api, queries, runs, format, onQuery }: DashboardExport,
  file: FileHandle,
): Promise<{ rows: number; empty: number }> {
  const counted = { rows: 0, empty: 0 }
  let done = 0
  for (const { testid, points } of runs) {
    for (const query of queries) {
      onQuery(done++, runs.length * queries.length)
      const { board, panel, unit } = query
      const series = await api.queryRange(
        expressionOf(query, testid, points),
        pointsOf(query, points),
      )
      const rows = series.flatMap((each) => {
        const name = seriesName(query.name, each.metric)
        return rowsOf({ testid, board, panel, query: name, unit }, each)
      })
      await file.write(rowsText(rows, format))
      counted.rows += rows.length
      if (rows.length === 0) counted.empty += 1
    }
  }
  return counted
}

function expressionOf({ expr, variables }: PanelQuery, testid: string, points: Points): string {
  const { startSeconds, endSeconds, stepSeconds } = points
  return fillVariables(expr, {
    testid,
    stepSeconds,
    rangeSeconds: endSeconds - startSeconds,
    others: variables,
  })
}

// A table shows the last moment of the span.
function pointsOf({ isInstant }: PanelQuery, points: Points): Points {
  return isInstant ? { ...points, startSeconds: points.endSeconds } : points
}

/** The name of a series in its panel: `SLA {{objective}}` with the value of its label. */
export function seriesName(legend: string, labels: Record<string, string>): string {
  const filled = legend.replace(
    /\{\{\s*([\w.]+)\s*\}\}/g,
    (_, label: string) => labels[label] ?? '',
  )
  return filled.trim()
}
