import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { exportExists, exportOverRun } from '../export/errors.ts'
import { samplesUnreadable } from '../samples/errors.ts'
import { type ExportFormat, exportSamples } from '../export/export-samples.ts'
import { absoluteUs, type Moment, parseMoment } from '../export/moment.ts'
import { FileBroken } from '../core/read-json.ts'
import { VERDICT_FILE } from '../verdict/verdict-format.ts'
import { findRun } from '../run-folder/find-run.ts'
import type { ReportFile } from '../report/html/report-file.ts'
import { readVerdict } from '../verdict/read-verdict.ts'
import { shownPath } from '../core/console.ts'
import type { RunFolder } from '../run-folder/run-folder.ts'
import { count, formatMeasure } from '../core/format-measure.ts'
import { wrongUsage, wrongValue } from '../core/usage-errors.ts'
import type { ExportOptions } from './export-options.ts'

/** Endings of the file that is written when none is named. */
const ENDINGS: Record<ExportFormat, string> = { csv: 'csv', json: 'ndjson', parquet: 'parquet' }

/** Writes samples of a run, or the numbers of its dashboards, to a file for other programs. */
export async function exportRun(run: string | undefined, options: ExportOptions): Promise<void> {
  const { fromPrometheus, dashboard, pdf } = options
  if (dashboard !== undefined || pdf || fromPrometheus !== undefined) {
    if (run !== undefined) {
      throw wrongUsage(
        `Expected --testid to name the run on a dashboard, got the argument "${run}"`,
      )
    }
    const { exportDashboard } = await import('./export-dashboard.ts')
    return exportDashboard(options)
  }
  if (run === undefined) throw wrongUsage('Expected a run or --from-prometheus, got neither')
  checkChoices(options)
  if (options.metrics) {
    const { exportMetrics } = await import('./export-metrics.ts')
    return exportMetrics(run, options)
  }
  return exportSamplesOf(run, options)
}

// Samples and the metrics of machines are chosen by other options, and one that says nothing would be passed over.
function checkChoices({ metrics, name, metric, endpoint, segment, region }: ExportOptions): void {
  const ofSamples = {
    '--metric': metric,
    '--endpoint': endpoint,
    '--segment': segment,
    '--region': region,
  }
  const given = Object.entries(metrics ? ofSamples : { '--name': name })
    .filter(([, values]) => values.length > 0)
    .map(([option]) => option)
  if (given.length === 0) return
  throw wrongUsage(
    metrics
      ? `Expected --name with --metrics, got ${given.join(', ')}, which chooses among samples`
      : 'Expected --name with --metrics only: samples are chosen by --metric',
  )
}

async function exportSamplesOf(run: string, options: ExportOptions): Promise<void> {
  const { format, force } = options
  if (format === undefined) throw wrongUsage("required option '--format <format>' not specified")
  const folder = await findRun(run, process.env)
  if (!(await isFile(folder.samples)))
    throw samplesUnreadable(folder.samples, 'there is no such file')
  const span = await spanOf(folder, options)
  const out = resolve(options.out ?? join(folder.path, `export.${ENDINGS[format]}`))
  requireOthers(out, folder)
  await requireFree(out, force)
  const temporaryFolder = await mkdtemp(join(tmpdir(), 'k6-verdict-export-'))
  try {
    const { samples } = folder
    const input = { samples, filter: { ...options, ...span }, format, out, temporaryFolder }
    const { rows, bytes } = await exportSamples(input)
    const path = shownPath(out)
    process.stdout.write(`${path}: ${count(rows, 'row')}, ${formatMeasure(bytes, 'bytes')}\n`)
  } finally {
    await rm(temporaryFolder, { recursive: true, force: true })
  }
}

/** The time that is wanted, in microseconds since 1970. */
export async function spanOf(folder: RunFolder, times: Pick<ExportOptions, 'from' | 'to'>) {
  const { from, to } = times
  const moments = { from: momentOf('--from', from), to: momentOf('--to', to) }
  const isRelative = [moments.from, moments.to].some((each) => each && 'offsetUs' in each)
  const startMs = isRelative ? await loadStartMs(folder.verdict) : 0
  const [fromUs, toUs] = [moments.from, moments.to].map((each) => each && absoluteUs(each, startMs))
  if (fromUs !== undefined && toUs !== undefined && fromUs >= toUs) {
    throw wrongValue('--to', `later than --from, which is ${from ?? ''}`, to ?? '')
  }
  return { fromUs, toUs }
}

async function loadStartMs(path: string): Promise<number> {
  const startMs = startOf(await readVerdict(path))
  if (startMs === undefined) {
    throw new FileBroken(path, VERDICT_FILE, 'it does not say when the load began')
  }
  return startMs
}

function startOf({ series }: ReportFile): number | undefined {
  return series?.timeline.startMs
}

/** Reads the time of an option, if it was given. */
export function momentOf(option: string, text: string | undefined): Moment | undefined {
  if (text === undefined) return undefined
  const moment = parseMoment(text)
  if (moment) return moment
  const rule = 'a time such as 2026-11-21T08:49:16Z, or 90s since the start of the load'
  throw wrongValue(option, rule, text)
}

/** Makes sure that nothing is replaced that the run is judged from. */
export function requireOthers(out: string, folder: RunFolder): void {
  const own = Object.values(folder).map((path) => resolve(path as string))
  if (own.includes(out)) throw exportOverRun(out)
}

/** Makes sure that nothing is replaced that was not meant to be. */
export async function requireFree(out: string, force: boolean): Promise<void> {
  if (!force && (await isThere(out))) throw exportExists(out)
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined
}
