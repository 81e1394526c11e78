// Every query of the boards in one list, for tests.
import { panel } from '../../../grafana/panels/panel.ts'
import { layOut } from '../../../grafana/panels/layout.ts'
import { boardVariables, EVENTS } from '../../../grafana/panels/variables.ts'
import { BOARDS } from '../../../grafana/dashboards/all.ts'

export interface BoardQuery {
  /** `run-overview / Latency / A`: board, panel, query. */
  name: string
  board: string
  panel: string
  /** With Grafana's macros. */
  expr: string
  instant: boolean
}

/** Queries of all panels, in the order of the boards. */
export function panelQueries(): BoardQuery[] {
  return BOARDS.flatMap(({ uid, rows }) => {
    const board = uid.replace('k6v-', '')
    return layOut(rows).flatMap(({ panels }) =>
      panels.flatMap((placed) => {
        const { title = '', targets = [] } = panel(placed)
        return (targets as unknown as Target[]).map(({ refId, expr, instant }) => {
          return { name: `${board} / ${title} / ${refId}`, board, panel: title, expr, instant }
        })
      }),
    )
  })
}

/** Queries of the annotations, which all boards share. */
export const eventQueries: readonly { name: string; expr: string }[] = EVENTS

/** The selectors of the variables: what stands before the label in label_values(). */
export function variableSelectors(): { name: string; expr: string; label: string }[] {
  return boardVariables(true).map(({ name, query }) => {
    const [, expr = '', label = ''] = /^label_values\((.+), (\w+)\)$/.exec(query) ?? []
    return { name, expr, label }
  })
}

interface Target {
  refId: string
  expr: string
  instant: boolean
}
