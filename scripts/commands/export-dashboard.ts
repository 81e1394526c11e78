import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseDuration } from '../../lib/duration.ts'
import { dashboardNames, readDashboardQueries } from '../export/dashboard-queries.ts'
import { dashboardsMissing } from '../export/errors.ts'
import { exportDashboards } from '../export/export-dashboards.ts'
import { absoluteUs } from '../export/moment.ts'
import { type Points, type PrometheusApi, prometheusApi } from '../prometheus/prometheus-api.ts'
import type { RowFormat } from '../export/row-text.ts'
import { requireTestid, type RunSpan, runSpan } from '../export/run-span.ts'
import { projectPath } from '../core/project.ts'
import { endProgress, progress, say, shownPath } from '../core/console.ts'
import { resultsFolder } from '../run-folder/run-folder.ts'
import { count, formatMeasure } from '../core/format-measure.ts'
import { wrongUsage, wrongValue } from '../core/usage-errors.ts'
import { momentOf, requireFree } from './export.ts'
import type { ExportOptions } from './export-options.ts'

const DEFAULT_STEP = '5s'

/** Less than this no run pushes. */
const STEP_SECONDS_MIN = 1

/** Writes what the dashboards show of a run: their numbers, or one of them as a PDF. */
export async function exportDashboard(options: ExportOptions): Promise<void> {
  const { testid, dashboard, pdf } = options
  if (testid.length === 0) throw wrongUsage('Expected --testid with the id of a run, got none')
  const boards = await knownBoards(dashboard === undefined ? options.board : [dashboard], options)
  const api = prometheusApi(options.fromPrometheus ?? true, process.env)
  if (dashboard !== undefined || pdf) {
    const [only = '', ...more] = testid
    if (dashboard === undefined || !pdf || more.length > 0) {
      throw wrongUsage('Expected --dashboard with a name, --pdf and one --testid together')
    }
    const { printDashboard } = await import('../export/print-dashboard.ts')
    const out = await outOf(options, `${dashboard}.pdf`)
    const span = await spanOf(api, only, options)
    const input = { board: dashboard, testid: only, span, out, env: process.env }
    await printDashboard({ ...input, grafana: options.grafana })
    say(shownPath(out))
    return
  }
  await exportNumbers(api, boards, options)
}

async function exportNumbers(
  api: PrometheusApi,
  boards: string[],
  options: ExportOptions,
): Promise<void> {
  const format = formatOf(options)
  const stepSeconds = stepOf(options)
  const out = await outOf(options, `dashboards.${format === 'csv' ? 'csv' : 'ndjson'}`)
  const queries = await readDashboardQueries(boardsFolder(), boards)
  const runs: { testid: string; points: Points }[] = []
  for (const testid of options.testid) {
    const span = await spanOf(api, testid, options)
    runs.push({ testid, points: onGrid(span, stepSeconds) })
  }
  const onQuery = (done: number, all: number): void => progress(`query ${done + 1} of ${all}`)
  const input = { api, queries, runs, format, out, onQuery }
  const { rows, bytes, empty } = await exportDashboards(input).finally(endProgress)
  const asked = queries.length * runs.length
  const told = `${count(rows, 'row')}, ${formatMeasure(bytes, 'bytes')}`
  say(`${shownPath(out)}: ${told}; ${asked - empty} of ${asked} queries have values`)
}

function boardsFolder(): string {
  return projectPath('grafana', 'generated', 'dashboards')
}

async function knownBoards(
  wanted: readonly string[],
  { dashboard }: ExportOptions,
): Promise<string[]> {
  const known = await dashboardNames(boardsFolder())
  if (known.length === 0) throw dashboardsMissing(boardsFolder())
  const unknown = wanted.find((name) => !known.includes(name))
  if (unknown === undefined) return wanted.length === 0 ? known : [...wanted]
  const option = dashboard === undefined ? '--board' : '--dashboard'
  throw wrongValue(option, `one of ${known.join(', ')}`, unknown)
}

function formatOf({ format = 'csv' }: ExportOptions): RowFormat {
  if (format === 'parquet') throw wrongValue('--format', 'csv or json for dashboards', format)
  return format
}

function stepOf({ step = DEFAULT_STEP }: ExportOptions): number {
  try {
    const seconds = parseDuration(step)
    if (seconds >= STEP_SECONDS_MIN) return seconds
  } catch {
    // Said below, with the rule.
  }
  throw wrongValue('--step', `a duration of at least ${STEP_SECONDS_MIN}s, such as 5s or 1m`, step)
}

async function spanOf(
  api: PrometheusApi,
  testid: string,
  { start, end }: ExportOptions,
): Promise<RunSpan> {
  const moments = { start: momentOf('--start', start), end: momentOf('--end', end) }
  await requireTestid(api, testid)
  const isWhole = [moments.start, moments.end].every((each) => each && 'us' in each)
  const own = isWhole ? { startSeconds: 0, endSeconds: 0 } : await runSpan(api, testid)
  const seconds = (moment: typeof moments.start, other: number): number =>
    moment ? absoluteUs(moment, own.startSeconds * 1_000) / 1e6 : other
  const span = {
    startSeconds: seconds(moments.start, own.startSeconds),
    endSeconds: seconds(moments.end, own.endSeconds),
  }
  if (span.startSeconds < span.endSeconds) return span
  throw wrongValue('--end', `later than --start, which is ${start ?? 'the first push'}`, end ?? '')
}

// Grafana's own grid, so that its numbers come out.
function onGrid({ startSeconds, endSeconds }: RunSpan, stepSeconds: number): Points {
  return {
    startSeconds: Math.floor(startSeconds / stepSeconds) * stepSeconds,
    endSeconds: Math.ceil(endSeconds / stepSeconds) * stepSeconds,
    stepSeconds,
  }
}

async function outOf({ out, force, testid }: ExportOptions, name: string): Promise<string> {
  const [only = ''] = testid
  const folder = join(resultsFolder(process.env), only)
  const isRun = testid.length === 1 && (await isFolder(folder))
  const path = resolve(out ?? (isRun ? join(folder, name) : name))
  await requireFree(path, force)
  return path
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false
}
