import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A query of a dashboard's panel. */
export interface PanelQuery {
  /** File name of the dashboard: `run-overview`. */
  board: string
  panel: string
  /** What its series are called there, or the letter of the query. */
  name: string
  /** PromQL with the dashboard's variables. */
  expr: string
  /** Unit as Grafana names it: `s`, `percentunit`, `reqps`. */
  unit: string
  /** A table asks for one moment, a chart for a span. */
  isInstant: boolean
  /** What each variable stands for when nothing is chosen: all of it. */
  variables: Record<string, string>
}

interface Target {
  refId: string
  expr?: string
  legendFormat?: string
  instant?: boolean
}

interface Override {
  matcher: { id: string; options: unknown }
  properties: { id: string; value: unknown }[]
}

interface Panel {
  title?: string
  targets?: Target[]
  fieldConfig?: { defaults?: { unit?: string }; overrides?: Override[] }
  /** Panels of a row that is folded. */
  panels?: Panel[]
}

interface Dashboard {
  panels: Panel[]
  templating?: { list?: { name: string; allValue?: string }[] }
}

/** The dashboards' names, by their files: `run-overview`. */
export async function dashboardNames(folder: string): Promise<string[]> {
  const files = await readdir(folder).catch(() => [])
  return files.filter((file) => file.endsWith('.json')).map((file) => file.replace('.json', ''))
}

/** Every query of the dashboards, in the order of the panels. */
export async function readDashboardQueries(
  folder: string,
  boards: readonly string[],
): Promise<PanelQuery[]> {
  const all: PanelQuery[] = []
  for (const board of boards) {
    const text = await readFile(join(folder, `${board}.json`), 'utf8')
    all.push(...queriesOf(board, JSON.parse(text) as Dashboard))
  }
  return all
}

function queriesOf(board: string, { panels, templating }: Dashboard): PanelQuery[] {
  const variables = Object.fromEntries(
    (templating?.list ?? []).map(({ name, allValue }) => [name, allValue ?? '.*']),
  )
  return panels.flatMap((panel) => [
    ...(panel.targets ?? []).flatMap((target) => {
      return queryOf(panel, target).map((query) => ({ ...query, board, variables }))
    }),
    ...queriesOf(board, { panels: panel.panels ?? [], ...(templating && { templating }) }),
  ])
}

function queryOf(panel: Panel, { refId, expr, legendFormat, instant = false }: Target) {
  if (!expr) return []
  const name = legendFormat?.trim() || refId
  const query = { panel: panel.title ?? '', name, expr, isInstant: instant }
  return [{ ...query, unit: unitOf(panel, { name, refId }) }]
}

// A column of a table has a unit of its own.
function unitOf(panel: Panel, { name, refId }: { name: string; refId: string }): string {
  const { defaults, overrides = [] } = panel.fieldConfig ?? {}
  const own = overrides
    .filter(({ matcher }) => {
      if (matcher.id === 'byFrameRefID') return matcher.options === refId
      return matcher.id === 'byName' && [name, `Value #${refId}`].includes(String(matcher.options))
    })
    .flatMap(({ properties }) => properties)
    .find(({ id }) => id === 'unit')
  return typeof own?.value === 'string' ? own.value : (defaults?.unit ?? 'none')
}
