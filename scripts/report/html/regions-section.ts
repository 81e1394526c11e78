import { type RegionRow, regionTable } from '../region-table.ts'
import { dataTable } from './data-table.ts'
import { html, type Html } from './html.ts'
import type { ReportFile } from './report-file.ts'
import { stateMark } from './state-mark.ts'

/** Regions side by side, with the verdict of each objective that judges them one by one. */
export function regionsSection(file: ReportFile): Html | undefined {
  const table = regionTable(file)
  if (!table) return undefined
  const [first = '', ...others] = table.head
  return dataTable({
    caption: 'Requests by region, all phases; objectives in the judged phases only',
    columns: [
      { head: first, isRowHead: true, cell: ({ cells }: RegionRow) => cells[0] ?? '' },
      ...others.map((head, index) => ({
        head,
        isNumber: true,
        cell: ({ cells, objectives }: RegionRow): Html | string => {
          const place = index + 1
          const judged = objectives[place - cells.length]
          return judged ? html`${judged.text} ${stateMark(judged.judgement)}` : (cells[place] ?? '')
        },
      })),
    ],
    rows: table.rows,
  })
}
