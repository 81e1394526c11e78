// A board as Classic (v1) JSON: what Grafana 11.0 and later import and provision from files.
/* eslint-disable @typescript-eslint/no-deprecated -- The SDK prefers v2, which Grafana 11 cannot read. */
import {
  AnnotationQueryBuilder,
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  DatasourceVariableBuilder,
  type Panel,
  QueryVariableBuilder,
  type RowPanel,
  VariableHide,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard'
import { COLOURS } from './colours.ts'
import { SCHEMA_VERSION, withoutNewerFields } from './grafana-11.ts'
import { COLUMNS, layOut, type PlacedRow } from './layout.ts'
import { panel } from './panel.ts'
import type { BoardSpec } from './spec.ts'
import { DATASOURCE, STEP } from './targets.ts'
import { boardVariables, EVENTS, type VariableSpec } from './variables.ts'

/** Of all boards: the links between them are found by it. */
const TAG = 'k6-verdict'

/** A run is pushed every 5 s. */
const refreshOf = ({ allRuns }: BoardSpec): string => (allRuns ? '1m' : '5s')

const REFRESH_CHOICES = ['1s', '5s', '10s', '30s', '1m', '5m']

const ALL = { text: 'All', value: '$__all' }
const ALL_VALUE = '.*'

/** Grafana then takes the first value: the newest run. */
const NOT_CHOSEN = { text: '', value: '' }

/** The whole dashboard. */
export function classicBoard(board: BoardSpec): Dashboard {
  const { uid, title, description, from } = board
  const built = new DashboardBuilder(title)
    .uid(uid)
    .description(description)
    .tags([TAG])
    .timezone('browser')
    .time({ from, to: 'now' })
    .refresh(refreshOf(board))
    .tooltip(DashboardCursorSync.Crosshair)
    .editable()
    .build()
  return {
    ...built,
    schemaVersion: SCHEMA_VERSION,
    timepicker: { refresh_intervals: REFRESH_CHOICES },
    links: [withoutNewerFields(linkToBoards())],
    annotations: { list: EVENTS.map(annotation).map(withoutNewerFields) },
    templating: {
      list: variables(board).map((variable) => ({
        current: NOT_CHOSEN,
        ...withoutNewerFields(variable),
      })),
    },
    panels: layOut(board.rows).flatMap(panelsOf),
  }
}

function panelsOf(placed: PlacedRow): (Panel | RowPanel)[] {
  const { id, row, y } = placed
  const panels = placed.panels.map(panel)
  const collapsed = row.collapsed ?? false
  const gridPos = { x: 0, y, w: COLUMNS, h: 1 }
  const header = { type: 'row' as const, id, title: row.title, collapsed, gridPos }
  return collapsed ? [{ ...header, panels }] : [{ ...header, panels: [] }, ...panels]
}

function linkToBoards() {
  return new DashboardLinkBuilder(TAG)
    .type(DashboardLinkType.Dashboards)
    .icon('external link')
    .tags([TAG])
    .asDropdown(false)
    .includeVars(true)
    .keepTime(true)
    .targetBlank(false)
    .build()
}

// `expr` and `step` are read by 11.0, `target` by newer versions.
function annotation({ name, expr, title, label, colour }: (typeof EVENTS)[number]) {
  const built = new AnnotationQueryBuilder()
    .name(name)
    .datasource(DATASOURCE)
    .enable(true)
    .hide(false)
    .iconColor(COLOURS[colour])
    .expr(expr)
    .step(STEP)
    .titleFormat(title)
    .textFormat('{{testid}}')
    .tagKeys(label)
    .useValueForTime(false)
    .build()
  return { ...built, target: { expr, interval: STEP, refId: 'Anno' } as never }
}

function variables(board: BoardSpec) {
  const datasource = new DatasourceVariableBuilder('datasource')
    .label('Data source')
    .description('A Prometheus that k6-verdict writes to.')
    .type('prometheus')
    .regex('')
    .hide(VariableHide.DontHide)
    .build()
  return [datasource, ...boardVariables(board.allRuns ?? false).map(variable)]
}

function variable({ name, label, description, query, all }: VariableSpec) {
  const builder = new QueryVariableBuilder(name)
    .label(label)
    .description(description)
    .datasource(DATASOURCE)
    .query(labelValues(query))
    .definition(query)
    .regex('')
    .hide(VariableHide.DontHide)
    .options([])
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(sortOf(name))
    .multi(true)
    .includeAll(all)
  if (all) builder.allValue(ALL_VALUE).current({ text: [ALL.text], value: [ALL.value] })
  return builder.build()
}

/** A run's id begins with its date, so the newest is the last in the alphabet. */
const sortOf = (name: string): VariableSort =>
  name === 'testid' ? VariableSort.AlphabeticalDesc : VariableSort.AlphabeticalAsc

const LABEL_VALUES = 1

/** A variable's query as the editor of the Prometheus data source saves it. */
const labelValues = (query: string) => ({
  qryType: LABEL_VALUES,
  query,
  refId: 'PrometheusVariableQueryEditor-VariableQuery',
})
