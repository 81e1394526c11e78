import { parseDuration } from '../../lib/duration.ts'
import type { LiveRow } from '../samples/live-row.ts'
import type { CompiledObjective } from '../sla/compiled.ts'
import { indicatorText, recordOf } from '../indicators/indicators.ts'
import { edgeSeconds } from '../indicators/judged-span.ts'
import { type Limit, meets } from '../core/limit.ts'
import { formatMissed } from '../core/format-measure.ts'
import { createSelection, type SelectionContext } from './stop-rules.ts'

/** Why a run ends before its time. */
export interface StopReason {
  /** Of the objective. */
  id: string
  /** `error-ratio 12.3% over the last 10 s, expected < 0.1%, for 30 s`. */
  reason: string
  /** What the run was to find out, and no failure. */
  isResult?: boolean
}

/** An objective with `stop`, watched. */
export interface StopRule {
  /** The recorded metric that it is computed from. */
  metric: string
  add(row: LiveRow): void
  /** To be called for every second, in order. */
  evaluate(lastSecond: number): StopReason | undefined
  /** Begins anew after seconds that nobody evaluated. */
  reset(): void
}

const WINDOW_SECONDS = 10

/** @returns undefined for an objective that cannot stop this run */
export function createStopRule(
  { id, objective, absence }: CompiledObjective,
  context: SelectionContext,
): StopRule | undefined {
  const { stopAfter, indicator, limit } = objective
  if (stopAfter === undefined || absence !== undefined) return undefined
  const afterSeconds = Math.max(1, Math.ceil(parseDuration(stopAfter)))
  const windowSeconds = Math.min(WINDOW_SECONDS, afterSeconds)
  const { live } = recordOf(indicator)
  if (!live) return undefined
  const measure = live.create(objective, windowSeconds)

  const selection = createSelection(objective, context)
  const isRate = live.over === 'whole window'
  const bound = isRate ? rateBound(limit, windowSeconds) : limit.value
  const over = live.over === 'start' ? '' : ` over the last ${windowSeconds} s`
  let missedSeconds = 0

  return {
    metric: measure.metric,
    add: (row) => {
      if (selection.judges(row)) measure.add(row)
    },
    evaluate(lastSecond) {
      const value = measure.value(lastSecond)
      // Half a window of load would have half the rate.
      const isWhole = !isRate || selection.covers(spanOf(lastSecond, windowSeconds))
      const isMissed = value !== undefined && isWhole && !meets(value, { ...limit, value: bound })
      missedSeconds = isMissed ? missedSeconds + 1 : 0
      if (!isMissed || missedSeconds < afterSeconds) return undefined
      const found = `${indicatorText(objective)} ${formatMissed(value, limit)}${over}`
      return { id, reason: `${found}, expected ${limit.text}, for ${afterSeconds} s` }
    },
    reset: () => {
      missedSeconds = 0
    },
  }
}

function spanOf(lastSecond: number, seconds: number) {
  return { startUs: (lastSecond + 1 - seconds) * 1e6, endUs: (lastSecond + 1) * 1e6 }
}

// A request is counted where it ends, so even a constant rate is uncertain by what is under way at the
// window's two ends; the verdict allows a rate as much.
function rateBound({ operator, value }: Limit, seconds: number): number {
  return (value * (seconds + edgeSeconds(operator))) / seconds
}
