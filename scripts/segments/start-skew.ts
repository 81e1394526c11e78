import { reason, type Reason } from '../reasons/reasons.ts'

/** Phases are found by one clock: parts that began further apart are in different ones. */
export const SKEW_MS_MAX = 1_000

/** How far apart the first and the last of several k6 began. */
export function startSkewMs(startsMs: readonly number[]): number {
  return startsMs.length === 0 ? 0 : Math.max(...startsMs) - Math.min(...startsMs)
}

/** What is wrong with the start of several k6, if anything. */
export function skewFault(startsMs: readonly number[]): Reason[] {
  const skewMs = startSkewMs(startsMs)
  if (skewMs <= SKEW_MS_MAX) return []
  return [reason('STARTED_APART', { seconds: skewMs / 1_000, what: 'instances' })]
}

/** What is wrong with a start that was to be at a given time, if anything. */
export function lateFault(startMs: number | undefined, startAtMs: number | undefined): Reason[] {
  if (startMs === undefined || startAtMs === undefined) return []
  const lateMs = startMs - startAtMs
  if (Math.abs(lateMs) <= SKEW_MS_MAX) return []
  return [reason('STARTED_LATE', { seconds: lateMs / 1_000 })]
}
