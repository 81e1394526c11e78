import { html, type Html, type HtmlValue } from './html.ts'

/** A column; numbers stand on the right, so that their digits are under each other. */
export interface Column<Row> {
  head: string
  cell: (row: Row) => HtmlValue
  isNumber?: boolean
  /** Its cells name their rows. */
  isRowHead?: boolean
}

export interface TableInput<Row> {
  caption: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  /** Rows can be found with the page's search field. */
  isSearchable?: boolean
}

/** A table that scrolls by itself where the screen is narrow, also by keyboard. */
export function dataTable<Row>(input: TableInput<Row>): Html {
  const { caption, columns, rows, isSearchable } = input
  return html`<div class="scroll" role="group" aria-label="${caption}" tabindex="0">
    <table${isSearchable && html` data-searchable`}>
      <caption>${caption}</caption>
      <thead><tr>${columns.map(headOf)}</tr></thead>
      <tbody>${rows.map(
        (row) =>
          html`<tr>
            ${columns.map((column) => cellOf(column, row))}
          </tr> `,
      )}</tbody>
    </table>
  </div>`
}

function headOf<Row>({ head, isNumber }: Column<Row>): Html {
  return html`<th scope="col" ${isNumber && html` class="number"`}>${head}</th>`
}

function cellOf<Row>({ cell, isNumber, isRowHead }: Column<Row>, row: Row): Html {
  if (isRowHead) return html`<th scope="row">${cell(row)}</th>`
  return html`<td${isNumber && html` class="number"`}>${cell(row)}</td>`
}

/** A table behind a line that opens it: the numbers of a chart. */
export function foldedTable<Row>(summary: string, input: TableInput<Row>): Html {
  return html`<details>
    <summary>${summary}</summary>
    ${dataTable(input)}
  </details>`
}
