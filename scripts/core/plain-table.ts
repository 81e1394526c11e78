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

const BLOCKS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█']

/** A line of bars, one for each value, from zero to the highest value; a negative value is zero. */
export function sparkline(values: readonly number[]): string {
  const highest = Math.max(0, ...values)
  return values
    .map((value) => {
      const share = highest > 0 ? Math.max(0, value) / highest : 0
      return BLOCKS[Math.round(share * (BLOCKS.length - 1))]
    })
    .join('')
}
