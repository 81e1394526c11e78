import type { RunPlan } from '../../../lib/plan.ts'
import type { JudgedWindow, JudgedWindows } from './measurement.ts'
import { binomialLimit } from '../../statistics/binomial.ts'
import type { TimedPhase } from '../timeline.ts'
import { silentWindows, type WindowSlot } from './windows-of.ts'

/** A window misses its limit when chance gives as many bad samples in one of a thousand windows. */
const CHANCE = 0.001

/** What was counted in one window. */
export interface WindowCount {
  /** As `windowSql` counts. */
  number: number
  samples: number
  /** On the wrong side of the limit; parts of samples for apdex. */
  bad: number
  /** In the unit of the limit; null where the samples have none. */
  value: number | null
}

export interface WindowRule {
  lengthSeconds: number
  /** Share of samples that may be bad: 0.05 for a p95. */
  allowed: number
  timeline: readonly TimedPhase[]
  /** The run lasted as long as planned: otherwise it is silent after its last sample. */
  isWhole: boolean
}

/** Of counted iterations the last ones are those of a few users: what is silent then owes nothing. */
export function fadesOut({ iterationsPerUser }: Pick<RunPlan, 'iterationsPerUser'>): boolean {
  return iterationsPerUser !== undefined
}

/**
 * Tells of each window whether it misses the limit: when it has more bad samples than a target that just meets the
 * limit has in 99.9 % of such windows. So few samples need many bad ones, and no window has to be joined
 * with others. A silent window misses the limit when samples were due in it.
 */
export function judgedWindows(
  slots: readonly WindowSlot[],
  counts: readonly WindowCount[],
  { lengthSeconds, allowed, timeline, isWhole }: WindowRule,
): JudgedWindows {
  const byNumber = new Map(counts.map((count) => [count.number, count]))
  const samples = new Map(counts.map(({ number, samples: count }) => [number, count]))
  const last = isWhole ? Infinity : Math.max(...samples.keys())
  const judged = slots.filter(({ number }) => number <= last)
  const silent = silentWindows(judged, samples, timeline)
  const values = judged.flatMap(({ number, startUs }): JudgedWindow[] => {
    const count = byNumber.get(number)
    if (!count) return silent.has(number) ? [{ startUs, samples: 0, isMissed: true }] : []
    const { value, bad } = count
    const isMissed = bad > binomialLimit(count.samples, allowed, CHANCE)
    return [{ startUs, ...(isNumber(value) && { value }), samples: count.samples, isMissed }]
  })
  return { lengthSeconds, values }
}

function isNumber(value: number | null): value is number {
  return value !== null && Number.isFinite(value)
}
