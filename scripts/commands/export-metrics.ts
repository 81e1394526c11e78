import { join, resolve } from 'node:path'
import { count } from '../core/format-measure.ts'
import { exportOverRun, noSuchMetrics } from '../export/errors.ts'
import { metricRows, metricsText } from '../export/metric-rows.ts'
import { writeWhole } from '../core/write-whole.ts'
import { findRun } from '../run-folder/find-run.ts'
import { shownPath } from '../core/console.ts'
import { HOST_FILE } from '../resources/host-file.ts'
import { runResources } from '../resources/run-resources.ts'
import { GENERATOR_FILE } from '../generator/generator-file.ts'
import type { RunFolder } from '../run-folder/run-folder.ts'
import { SERVER_METRICS_FILE } from '../server-metrics/server-file.ts'
import { wrongUsage } from '../core/usage-errors.ts'
import { requireFree, requireOthers, spanOf } from './export.ts'
import type { ExportOptions } from './export-options.ts'

/** Writes what is known of the machines of a run, the load generator's and the targets', to a file. */
export async function exportMetrics(run: string, options: ExportOptions): Promise<void> {
  const { format = 'csv', name: names, force } = options
  if (format === 'parquet') throw wrongUsage('Expected --format csv or json with --metrics')
  const folder = await findRun(run, process.env)
  const { fromUs, toUs } = await spanOf(folder, options)
  const series = await runResources(folder.path)
  const [fromMs, toMs] = [fromUs, toUs].map((us) => (us === undefined ? us : us / 1_000))
  const rows = metricRows(series, { names, fromMs, toMs })
  if (rows.length === 0) throw noSuchMetrics(folder.path, [...new Set(series.map((e) => e.name))])
  const ending = format === 'csv' ? 'csv' : 'ndjson'
  const out = resolve(options.out ?? join(folder.path, `metrics.${ending}`))
  requireOtherFiles(out, folder)
  await requireFree(out, force)
  await writeWhole(out, metricsText(rows, format))
  process.stdout.write(`${shownPath(out)}: ${count(rows.length, 'row')}\n`)
}

function requireOtherFiles(out: string, folder: RunFolder): void {
  requireOthers(out, folder)
  const own = [HOST_FILE, GENERATOR_FILE, SERVER_METRICS_FILE]
  if (own.some((name) => resolve(folder.path, name) === out)) throw exportOverRun(out)
}
