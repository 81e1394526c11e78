import { cut, oneLine } from '../core/printable.ts'

const TEXT_MAX = 300

/** Keeps `@name` from being told to a person, and `#1` from being a link to an issue. */
const NOTHING = '\u200B'

/**
 * Any text as one line of GitHub's Markdown: nothing in it is markup, HTML, a mention, a formula or the end
 * of a table's cell. A long one is cut.
 */
export function markdownText(text: string): string {
  return cut(oneLine(text), TEXT_MAX)
    .replaceAll(/[\\`*_{}[\]|~$!]/g, '\\$&')
    .replace(/^[-+=]/, '\\$&')
    .replace(/^(\d+)([.)])/, '$1\\$2')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('@', `@${NOTHING}`)
    .replaceAll('#', `#${NOTHING}`)
}

/** A table; its cells are Markdown already, and the first of so many columns are texts, the rest numbers. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  texts: number,
): string[] {
  if (rows.length === 0) return []
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const rule = head.map((_, index) => (index < texts ? '---' : '---:'))
  return [line(head), line(rule), ...rows.map(line)]
}
