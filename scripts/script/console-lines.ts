import { messageIn } from '../k6/k6-log.ts'
import { say } from '../report/console.ts'

/** More of them are in k6.log. */
const LINES_MAX = 200

/** Shows what a script says by `console`, as plain k6 does; gets each line of k6's log. */
export function consoleLines(show: (line: string) => void = say): (line: string) => void {
  let shown = 0
  return (line) => {
    if (!line.includes(' source=console') || shown > LINES_MAX) return
    shown += 1
    show(shown > LINES_MAX ? 'console: further lines are in k6.log' : `console: ${messageIn(line)}`)
  }
}
