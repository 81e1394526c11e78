import type { MeasuredWindows, Selection, WindowValue } from './measurement.ts'
import type { Span } from './timeline.ts'

const US_PER_SECOND = 1_000_000

/** Windows of an objective that asks for none: a thirtieth of its time, but within these. */
const DEFAULT_SECONDS = { parts: 30, min: 1, max: 10 }

/** Fewer say nothing about how a run went over time. */
const WINDOWS_MIN = 3

export interface WindowRule {
  /** As the objective asks for; a typical one is made longer until it has enough samples. */
  lengthSeconds: number | undefined
  samples: number
  /** Fewest samples that a window can be judged with. */
  minimumSamples: number
}

/** Length of the windows to look at; undefined when there would be fewer than three. */
export function windowSeconds(
  { seconds }: Pick<Selection, 'seconds'>,
  { lengthSeconds, samples, minimumSamples }: WindowRule,
): number | undefined {
  if (lengthSeconds !== undefined) return lengthSeconds
  if (samples === 0) return undefined
  const { parts, min, max } = DEFAULT_SECONDS
  const usual = Math.min(max, Math.max(min, Math.round(seconds / parts)))
  const needed = Math.ceil((minimumSamples / samples) * seconds)
  const length = Math.max(usual, needed)
  return seconds / length < WINDOWS_MIN ? undefined : length
}

/** SQL for the number of the window that a row is in, from the start of the judged time. */
export function windowSql({ spans }: Pick<Selection, 'spans'>, lengthSeconds: number): string {
  const lengthUs = Math.round(lengthSeconds * US_PER_SECOND)
  return `CAST(floor((at_us - ${spans[0]?.startUs ?? 0}) / ${lengthUs}) AS BIGINT)`
}

/** Numbered from the start of the judged time. */
export interface WindowRow {
  number: number
  samples: number
  value: number | null
}

/** Keeps the windows that lie wholly in the judged time and have enough samples. */
export function judgedWindows(
  { spans }: Pick<Selection, 'spans'>,
  rows: readonly WindowRow[],
  { lengthSeconds, minimumSamples }: { lengthSeconds: number; minimumSamples: number },
): MeasuredWindows {
  const lengthUs = Math.round(lengthSeconds * US_PER_SECOND)
  const originUs = spans[0]?.startUs ?? 0
  const values = rows.flatMap(({ number, samples, value }): WindowValue[] => {
    const startUs = originUs + number * lengthUs
    const isJudged =
      samples >= minimumSamples && isWithin({ startUs, endUs: startUs + lengthUs }, spans)
    return isJudged && value !== null ? [{ startUs, value, samples }] : []
  })
  return { lengthSeconds, values }
}

function isWithin(window: Span, spans: readonly Span[]): boolean {
  return spans.some(({ startUs, endUs }) => window.startUs >= startUs && window.endUs <= endUs)
}
