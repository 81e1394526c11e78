import type { PanelSpec, RowSpec } from './spec.ts'

export const COLUMNS = 24
const DEFAULT_HEIGHT = 8

/** Place in Grafana's grid: columns of 1/24, rows of 30 pixels. */
export interface Place {
  x: number
  y: number
  w: number
  h: number
}

export interface PlacedPanel {
  /** Unique in the board, and the same as long as no panel before it comes or goes. */
  id: number
  spec: PanelSpec
  place: Place
}

export interface PlacedRow {
  id: number
  row: RowSpec
  y: number
  panels: PlacedPanel[]
}

/** Fills lines from left to right as text does; a line is as high as its highest panel. */
export function layOut(rows: RowSpec[]): PlacedRow[] {
  let y = 0
  let id = 0
  return rows.map((row) => {
    const placed: PlacedRow = { id: ++id, row, y: y++, panels: [] }
    let x = 0
    let lineHeight = 0
    for (const spec of row.panels) {
      if (x + spec.width > COLUMNS) {
        x = 0
        y += lineHeight
        lineHeight = 0
      }
      const h = spec.height ?? DEFAULT_HEIGHT
      placed.panels.push({ id: ++id, spec, place: { x, y, w: spec.width, h } })
      x += spec.width
      lineHeight = Math.max(lineHeight, h)
    }
    y += lineHeight
    return placed
  })
}
