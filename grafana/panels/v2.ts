// A board as a v2 resource, for Grafana's API and Git Sync. Panels are the same as in the Classic JSON.
import type { DataTransformerConfig, Panel } from '@grafana/grafana-foundation-sdk/dashboard'
import * as v2 from '@grafana/grafana-foundation-sdk/dashboardv2'
import type { Manifest } from '@grafana/grafana-foundation-sdk/resource'
import { REFRESH_CHOICES, refreshOf, TAG } from './classic.ts'
import { layOut, type PlacedRow } from './layout.ts'
import { panel } from './panel.ts'
import type { BoardSpec } from './spec.ts'
import { annotations, dataQuery, variables } from './v2-queries.ts'

/** The resource, named by the board's uid. */
export function v2Board(board: BoardSpec): Manifest {
  const { uid, title, description } = board
  const rows = layOut(board.rows)
  const elements = rows.flatMap(({ panels }) =>
    panels.map((placed): [string, v2.Element] => [elementName(placed.id), element(panel(placed))]),
  )
  const spec: v2.Dashboard = {
    ...v2.defaultDashboard(),
    title,
    description,
    tags: [TAG],
    editable: true,
    cursorSync: v2.DashboardCursorSync.Crosshair,
    elements: Object.fromEntries(elements),
    layout: { kind: 'RowsLayout', spec: { rows: rows.map(rowOf) } },
    links: [linkToBoards()],
    annotations: annotations(),
    variables: variables(board),
    timeSettings: timeSettings(board),
  }
  return {
    apiVersion: 'dashboard.grafana.app/v2',
    kind: 'Dashboard',
    metadata: { name: uid },
    spec,
  }
}

const elementName = (id: number): string => `panel-${id}`

function element(classic: Panel): v2.PanelKind {
  const { id = 0, title = '', description = '', targets = [], transformations = [] } = classic
  const { type, fieldConfig, maxDataPoints } = classic
  const options: unknown = classic.options
  const group: v2.QueryGroupSpec = {
    queries: targets.map(query),
    transformations: transformations.map(transformation),
    queryOptions: maxDataPoints === undefined ? {} : { maxDataPoints },
  }
  // Both versions spell these the same; the SDK has a set of enums for each.
  const drawing = { options, fieldConfig: fieldConfig as unknown as v2.FieldConfigSource }
  return {
    kind: 'Panel',
    spec: {
      id,
      title,
      description,
      links: [],
      data: { kind: 'QueryGroup', spec: group },
      vizConfig: { kind: 'VizConfig', group: type, version: '', spec: drawing },
    },
  }
}

function query(classic: object): v2.PanelQueryKind {
  const { refId, ...spec } = classic as { refId: string; datasource?: unknown }
  delete spec.datasource
  return { kind: 'PanelQuery', spec: { refId, hidden: false, query: dataQuery(spec) } }
}

const transformation = ({ id, options }: DataTransformerConfig): v2.TransformationKind => ({
  kind: 'Transformation',
  group: id,
  spec: { options: options as unknown },
})

function rowOf({ row, y, panels }: PlacedRow): v2.RowsLayoutRowKind {
  // Places in a row begin at its own top.
  const items = panels.map(({ id, place }): v2.GridLayoutItemKind => {
    const name = elementName(id)
    const { x, y: top, w: width, h: height } = place
    const reference = { kind: 'ElementReference' as const, name }
    return {
      kind: 'GridLayoutItem',
      spec: { x, y: top - y - 1, width, height, element: reference },
    }
  })
  const layout: v2.GridLayoutKind = { kind: 'GridLayout', spec: { items } }
  const { title, collapsed: collapse = false } = row
  return { kind: 'RowsLayoutRow', spec: { title, collapse, layout } }
}

const linkToBoards = (): v2.DashboardLink => ({
  title: TAG,
  type: v2.DashboardLinkType.Dashboards,
  icon: 'external link',
  tooltip: '',
  tags: [TAG],
  asDropdown: false,
  targetBlank: false,
  includeVars: true,
  keepTime: true,
})

const timeSettings = (board: BoardSpec): v2.TimeSettingsSpec => ({
  ...v2.defaultTimeSettingsSpec(),
  timezone: 'browser',
  from: board.from,
  to: 'now',
  autoRefresh: refreshOf(board),
  autoRefreshIntervals: REFRESH_CHOICES,
})
