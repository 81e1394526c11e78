import { formatDuration } from '../../lib/duration.ts'

/** What the variables of a dashboard's query stand for. */
export interface VariableValues {
  testid: string
  /** Distance of two points, seconds. */
  stepSeconds: number
  /** Length of the whole span, seconds. */
  rangeSeconds: number
  /** Values of the others, regular expressions. */
  others: Record<string, string>
}

/** Runs push, and are scraped, as often as this; the data source says so too. */
const PUSH_SECONDS = 5

const STRING = /("(?:[^"\\]|\\.)*")/

const VARIABLE = /\$(?:\{(\w+)(?::\w+)?\}|(\w+))/g

/**
 * A dashboard's query as Grafana would send it: `$__rate_interval`, `$__interval` and `$__range` as
 * durations, `$testid` escaped for where it stands.
 */
export function fillVariables(expr: string, values: VariableValues): string {
  const durations = durationsOf(values)
  const fill = (text: string, testid: string): string =>
    text.replace(VARIABLE, (whole, braced?: string, bare?: string) => {
      const name = braced ?? bare ?? ''
      return name === 'testid' ? testid : (durations[name] ?? values.others[name] ?? whole)
    })
  // Every second piece is a string, whose operator says whether it is a regular expression.
  const pieces = expr.split(STRING)
  return pieces
    .map((piece, index) => {
      const isPattern = index % 2 === 1 && /[=!]~\s*$/.test(pieces[index - 1] ?? '')
      return fill(piece, escaped(values.testid, isPattern))
    })
    .join('')
}

function durationsOf({ stepSeconds, rangeSeconds }: VariableValues): Record<string, string> {
  // Grafana's rule: at least four pushes, and never less than a point and a push.
  const rateSeconds = Math.max(4 * PUSH_SECONDS, stepSeconds + PUSH_SECONDS)
  return {
    __interval: formatDuration(stepSeconds),
    __interval_ms: String(Math.round(stepSeconds * 1_000)),
    __rate_interval: formatDuration(rateSeconds),
    __range: formatDuration(rangeSeconds),
    __range_s: String(Math.round(rangeSeconds)),
    __range_ms: String(Math.round(rangeSeconds * 1_000)),
  }
}

// A backslash of the regular expression is one of the string, too.
function escaped(text: string, isPattern: boolean): string {
  const pattern = isPattern ? text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&') : text
  return pattern.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')
}
