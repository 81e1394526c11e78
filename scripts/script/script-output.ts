import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { maskSecrets } from '../core/mask-secrets.ts'
import { writeWhole } from '../core/write-whole.ts'
import { say } from '../core/console.ts'
import { messageIn } from '../k6/k6-log.ts'

/** What k6 prints of a script, kept. */
export interface KeptOutput {
  add: (line: string) => void
  /** Writes it down, and shows what the script itself has said at its end. */
  end: () => Promise<void>
}

/** In the folder of the run. */
const OUTPUT_FILE = 'k6-output.txt'

const LINES_MAX = 20_000

/** k6's banner and its progress; the rest is what handleSummary() has returned, or k6's own summary. */
const PROGRESS =
  /^(running|paused|setup|teardown|init) ?\(|^\S.* [✓✗↓•\[] ?\[?|^ +(execution|script|output|web dashboard|scenarios): |^ {14}\* /
const BANNER = /^[ /\\_|‾()]*(Grafana)?[ /\\_|‾()]*$/

/** k6's own summary says nothing that the report does not. */
const OWN_SUMMARY = /^ +█ (THRESHOLDS|TOTAL RESULTS)/

/** Keeps what k6 prints. */
export function keepOutput(folder: string): KeptOutput {
  const lines: string[] = []
  return {
    add: (line) => {
      if (lines.length < LINES_MAX) lines.push(maskSecrets(line))
    },
    end: async () => {
      mkdirSync(folder, { recursive: true })
      await writeWhole(join(folder, OUTPUT_FILE), `${lines.join('\n')}\n`).catch(() => undefined)
      const own = saidByScript(lines)
      if (own !== '') say(own)
    },
  }
}

/** What a script has printed by its handleSummary(); nothing where it has none. */
function saidByScript(lines: readonly string[]): string {
  if (lines.some((line) => OWN_SUMMARY.test(line))) return ''
  const kept = lines.filter((line) => !PROGRESS.test(line) && !BANNER.test(line))
  return kept.join('\n').trim()
}

/** More of them are in k6.log. */
const CONSOLE_LINES_MAX = 200

/** Shows what a script says by `console`, as plain k6 does; gets each line of k6's log. */
export function consoleLines(show: (line: string) => void = say): (line: string) => void {
  let shown = 0
  return (line) => {
    if (!line.includes(' source=console') || shown > CONSOLE_LINES_MAX) return
    shown += 1
    show(
      shown > CONSOLE_LINES_MAX
        ? 'console: further lines are in k6.log'
        : `console: ${messageIn(line)}`,
    )
  }
}
