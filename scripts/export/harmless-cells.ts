import { identifier } from '../samples/sample-database.ts'

/** What a spreadsheet takes for the start of a formula, full-width forms too. */
const STARTS = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']

/**
 * A select list in which no text is a formula to a spreadsheet: an apostrophe makes it text. Tag values
 * come from the API under test, so anybody may have written them. Numbers stay as they are.
 */
export function harmlessCells(columns: readonly { name: string; isText: boolean }[]): string {
  const starts = STARTS.map((text) => `chr(${text.codePointAt(0) ?? 0})`).join(', ')
  return columns
    .map(({ name, isText }) => {
      const column = identifier(name)
      const title = identifier(harmlessText(name))
      if (!isText) return `${column} AS ${title}`
      return `CASE WHEN ${column}[1] IN (${starts}) THEN '''' || ${column} ELSE ${column} END AS ${title}`
    })
    .join(', ')
}

/** The same for one text; the name of a tag is a cell too. */
export function harmlessText(text: string): string {
  return STARTS.some((start) => text.startsWith(start)) ? `'${text}` : text
}
