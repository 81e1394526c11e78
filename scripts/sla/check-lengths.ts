import { formatDuration, parseDuration } from '../../lib/duration.ts'
import type { Objective } from '../indicators/objective.ts'
import { type Place, quote } from './problem.ts'

interface Length {
  field: string
  seconds: number
  /** Longest and shortest that makes sense, as one would write them. */
  least: string
  most: string
  example: string
}

/** Times that are right as a text and too short or too long to mean anything. */
export function checkLengths({ stopAfter, windows, indicator }: Objective): Place[] {
  const lengths: Length[] = []
  // Samples of less than a second say nothing, and of none there is no window.
  const usual = { least: '1s', most: '168h', example: '10s' }
  if (stopAfter !== undefined) {
    lengths.push({ field: 'stop.after', seconds: parseDuration(stopAfter), ...usual })
  }
  if (windows) lengths.push({ field: 'windows.length', seconds: windows.lengthSeconds, ...usual })
  if (indicator.kind === 'apdex') {
    const seconds = indicator.targetMs / 1_000
    const target = { least: '1ms', most: '1h', example: '200ms' }
    lengths.push({ field: 'indicator.apdex', seconds, ...target })
  }
  return lengths.flatMap((length) => faultOf(length) ?? [])
}

function faultOf({ field, seconds, least, most, example }: Length): Place | undefined {
  const [isShort, isLong] = [seconds < parseDuration(least), seconds > parseDuration(most)]
  if (!isShort && !isLong) return undefined
  return {
    field,
    expected: isShort ? `at least ${least}` : `at most ${most}`,
    found: Number.isFinite(seconds) ? quote(formatDuration(seconds)) : 'more than any number',
    hint: `Write for instance "${example}".`,
  }
}
