import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BOARDS } from '../dashboards/all.ts'
import { classicBoard } from './classic.ts'
import type { BoardSpec } from './spec.ts'
import { stableJson } from './stable-json.ts'
import { v2Board } from './v2.ts'

interface ClassicPanel {
  id: number
  type: string
  title: string
  gridPos: { x: number; w: number; h: number }
  options: unknown
  targets?: { expr: string }[]
  panels?: ClassicPanel[]
}

interface V2Panel {
  spec: {
    id: number
    title: string
    data: { spec: { queries: { spec: { query: { spec: { expr: string } } } }[] } }
    vizConfig: { group: string; spec: { options: unknown } }
  }
}

interface V2Item {
  spec: { x: number; width: number; height: number; element: { name: string } }
}

interface V2 {
  elements: Record<string, V2Panel>
  variables: { spec: { name: string } }[]
  layout: { spec: { rows: { spec: { layout: { spec: { items: V2Item[] } } } }[] } }
}

const classicPanels = (board: BoardSpec): ClassicPanel[] =>
  ((classicBoard(board).panels ?? []) as unknown as ClassicPanel[])
    .flatMap((panel) => [panel, ...(panel.panels ?? [])])
    .filter(({ type }) => type !== 'row')

for (const board of BOARDS) {
  const resource = v2Board(board)
  const v2 = resource.spec as V2

  test(`${board.uid}: the v2 resource has the Classic board's panels, queries and drawing`, () => {
    assert.equal(
      `${resource.apiVersion} ${resource.kind} ${resource.metadata.name}`,
      `dashboard.grafana.app/v2 Dashboard ${board.uid}`,
    )
    const panels = Object.values(v2.elements).map(({ spec: { id, title, data, vizConfig } }) => {
      const exprs = data.spec.queries.map((query) => query.spec.query.spec.expr)
      return { id, title, exprs, type: vizConfig.group, options: vizConfig.spec.options }
    })
    const classic = classicPanels(board).map(({ id, title, type, options, targets = [] }) => {
      return { id, title, exprs: targets.map(({ expr }) => expr), type, options }
    })
    assert.deepEqual(panels, classic)
  })

  test(`${board.uid}: every panel of the v2 resource has the place of the Classic one`, () => {
    const items = v2.layout.spec.rows.flatMap((row) => row.spec.layout.spec.items)
    const places = items.map(({ spec: { x, width, height, element } }) => {
      return { x, w: width, h: height, id: v2.elements[element.name]?.spec.id }
    })
    const classic = classicPanels(board).map(({ id, gridPos: { x, w, h } }) => ({ x, w, h, id }))
    assert.deepEqual(places, classic)
  })
}

test('the same board is the same text, whatever the order of its keys', () => {
  assert.equal(
    stableJson({ b: [{ d: 1, c: 2 }], a: null }),
    stableJson({ a: null, b: [{ c: 2, d: 1 }] }),
  )
  assert.ok(stableJson({ b: 1, a: 2 }).startsWith('{\n  "a": 2'))
})
