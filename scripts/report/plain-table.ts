import Table from 'cli-table3'
import pc from 'picocolors'

const BORDERS = ['top', 'bottom', 'left', 'right', 'mid'].flatMap((side) => [
  side,
  `${side}-mid`,
  `${side}-left`,
  `${side}-right`,
  `${side}-mid`,
])

/** A table for the terminal, without lines. */
export function terminalTable(head: readonly string[], rows: readonly string[][]): string {
  const none = Object.fromEntries(BORDERS.map((border) => [border, '']))
  const table = new Table({
    head: head.map((title) => pc.bold(title)),
    chars: { ...none, middle: '  ' },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  })
  table.push(...rows)
  return table.toString()
}

/** The same for a comment on a pull request. */
export function markdownTable(head: readonly string[], rows: readonly string[][]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cellText).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

// An endpoint's name is whatever the script calls it.
function cellText(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ')
}
