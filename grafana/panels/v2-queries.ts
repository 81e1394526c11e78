// What of a v2 board asks the data source besides its panels: annotations and variables.
import * as v2 from '@grafana/grafana-foundation-sdk/dashboardv2'
import { ALL, ALL_VALUE, labelValues } from './classic.ts'
import { COLOURS } from './colours.ts'
import type { BoardSpec } from './spec.ts'
import { DATASOURCE, STEP } from './targets.ts'
import { boardVariables, EVENTS, type VariableSpec } from './variables.ts'

/** A query of the Prometheus that the board's variable names. */
export const dataQuery = (spec: object): v2.DataQueryKind => ({
  kind: 'DataQuery',
  group: DATASOURCE.type,
  version: 'v0',
  datasource: { name: DATASOURCE.uid },
  spec,
})

/** Marks what happened when. */
export const annotations = (): v2.AnnotationQueryKind[] => EVENTS.map(annotation)

/** The board's variables. */
export function variables(board: BoardSpec): v2.VariableKind[] {
  const datasource: v2.DatasourceVariableKind = {
    kind: 'DatasourceVariable',
    spec: {
      ...v2.defaultDatasourceVariableSpec(),
      name: 'datasource',
      label: 'Data source',
      description: 'A Prometheus that k6-verdict writes to.',
      pluginId: DATASOURCE.type,
    },
  }
  return [datasource, ...boardVariables(board.allRuns ?? false).map(variable)]
}

function variable({ name, label, description, query, all }: VariableSpec): v2.QueryVariableKind {
  const newestFirst = name === 'testid'
  return {
    kind: 'QueryVariable',
    spec: {
      ...v2.defaultQueryVariableSpec(),
      name,
      label,
      description,
      query: dataQuery(labelValues(query)),
      definition: query,
      refresh: v2.VariableRefresh.OnTimeRangeChanged,
      sort: newestFirst ? v2.VariableSort.AlphabeticalDesc : v2.VariableSort.AlphabeticalAsc,
      multi: true,
      includeAll: all,
      ...(all ? { allValue: ALL_VALUE, current: { text: [ALL.text], value: [ALL.value] } } : {}),
    },
  }
}

function annotation({
  name,
  expr,
  title,
  label,
  colour,
}: (typeof EVENTS)[number]): v2.AnnotationQueryKind {
  const legacyOptions = {
    expr,
    step: STEP,
    titleFormat: title,
    textFormat: '{{testid}}',
    tagKeys: label,
    useValueForTime: false,
  }
  return {
    kind: 'AnnotationQuery',
    spec: {
      name,
      enable: true,
      hide: false,
      iconColor: COLOURS[colour],
      query: dataQuery({ expr, interval: STEP, refId: 'Anno' }),
      legacyOptions,
    },
  }
}
