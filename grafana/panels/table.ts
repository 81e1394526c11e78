import {
  TableCellDisplayMode,
  TableCellHeight,
  TableFooterOptionsBuilder,
  TableSortByFieldStateBuilder,
} from '@grafana/grafana-foundation-sdk/common'
import type { DynamicConfigValue } from '@grafana/grafana-foundation-sdk/dashboard'
import { PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus'
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/table'
import type { ColumnSpec, TableSpec } from './spec.ts'
import { refId, target } from './targets.ts'
import { VERDICT_WORDS } from './verdict-words.ts'

/** One row for each value of the labels, one column for each query. */
export function table(spec: TableSpec): PanelBuilder {
  const { labels, columns, sortBy, runLink } = spec
  const panel = new PanelBuilder()
    .cellHeight(TableCellHeight.Sm)
    .footer(new TableFooterOptionsBuilder().show(false).reducer([]).countRows(false))
  if (sortBy !== undefined) {
    panel.sortBy([new TableSortByFieldStateBuilder().displayName(sortBy).desc(true)])
  }
  for (const [index, { expr, legend }] of columns.entries()) {
    panel.withTarget(target({ expr, legend, index, format: PromQueryFormat.Table, instant: true }))
  }
  // Rows that agree in all their labels become one.
  panel.withTransformation({ id: 'merge', options: {} })
  panel.withTransformation({ id: 'organize', options: titles(labels, columns) })
  for (const column of columns) panel.overrideByName(column.legend, looksOf(column))
  const linked = runLink === undefined ? undefined : labels[runLink]
  if (linked !== undefined) panel.overrideByName(linked, [linkToRun(linked)])
  return panel
}

function titles(labels: Record<string, string>, columns: ColumnSpec[]) {
  const values = columns.map(({ legend }, index): [string, string] => [
    `Value #${refId(index)}`,
    legend,
  ])
  // The name of the value where only one query has an answer: while a run is not judged, its limits.
  const names = { ...labels, Value: columns[0]?.legend ?? '', ...fromEntries(values) }
  return {
    excludeByName: { Time: true },
    indexByName: fromEntries(Object.keys(names).map((name, index) => [name, index])),
    renameByName: names,
  }
}

const fromEntries = <Value>(entries: [string, Value][]): Record<string, Value> =>
  Object.fromEntries(entries)

function looksOf({ unit, decimals, verdict }: ColumnSpec): DynamicConfigValue[] {
  const looks: DynamicConfigValue[] = [{ id: 'unit', value: unit }]
  if (decimals !== undefined) looks.push({ id: 'decimals', value: decimals })
  if (verdict) {
    looks.push({ id: 'mappings', value: VERDICT_WORDS })
    const type = TableCellDisplayMode.ColorText
    looks.push({ id: 'custom.cellOptions', value: { type } })
  }
  return looks
}

function linkToRun(title: string): DynamicConfigValue {
  const url = `/d/k6v-run-overview?\${datasource:queryparam}&var-testid=\${__data.fields["${title}"]}&\${__url_time_range}`
  return { id: 'links', value: [{ title: 'Open the run', url }] }
}
