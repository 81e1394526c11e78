import type { TimelineSeries } from '../../verdict/tables/timeline-series.ts'

/** The steps that all charts over time share. */
export type Steps = Pick<TimelineSeries, 'startMs' | 'step' | 'stepSeconds'>

/** Values at moments, in order of time. */
export interface Timed {
  atMs: readonly number[]
  values: readonly number[]
}

/** Values further apart are not connected: what was between them is unknown. */
const GAP_MS_MAX = 15_000

/**
 * Values at any moments as one for each step of the charts: the highest of those in it, or where there is none, what
 * lies on the line between the one before and the one after.
 */
export function alongSteps(timed: Timed, { startMs, step, stepSeconds }: Steps): (number | null)[] {
  const stepMs = stepSeconds * 1_000
  let next = 0
  return step.map((index) => {
    const fromMs = startMs + index * stepMs
    while ((timed.atMs[next] ?? Infinity) < fromMs) next += 1
    let highest: number | null = null
    let end = next
    for (; (timed.atMs[end] ?? Infinity) < fromMs + stepMs; end += 1) {
      highest = Math.max(highest ?? -Infinity, timed.values[end] ?? -Infinity)
    }
    return highest ?? between(timed, next, fromMs + stepMs / 2)
  })
}

function between({ atMs, values }: Timed, next: number, ms: number): number | null {
  const [from, to] = [atMs[next - 1], atMs[next]]
  const [before, after] = [values[next - 1], values[next]]
  if (from === undefined || to === undefined || to - from > GAP_MS_MAX) return null
  if (before === undefined || after === undefined) return null
  return before + ((after - before) * (ms - from)) / (to - from)
}
