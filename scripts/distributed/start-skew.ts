/** Phases are found by one clock: parts that began further apart are in different ones. */
export const SKEW_MS_MAX = 1_000

/** How far apart the first and the last of several k6 began. */
export function startSkewMs(startsMs: readonly number[]): number {
  return startsMs.length === 0 ? 0 : Math.max(...startsMs) - Math.min(...startsMs)
}

/** What is wrong with the start of several k6; one sentence part, or none. */
export function skewFault(startsMs: readonly number[]): string[] {
  const skewMs = startSkewMs(startsMs)
  if (skewMs <= SKEW_MS_MAX) return []
  return [
    `the instances began ${(skewMs / 1_000).toFixed(1)} s apart, so samples are in the wrong phase`,
  ]
}

/** What is wrong with a start that was to be at a given time; one sentence part, or none. */
export function lateFault(startMs: number | undefined, startAtMs: number | undefined): string[] {
  if (startMs === undefined || startAtMs === undefined) return []
  const lateMs = startMs - startAtMs
  if (Math.abs(lateMs) <= SKEW_MS_MAX) return []
  return [`the load began ${(lateMs / 1_000).toFixed(1)} s after --start-at: give it a later time`]
}
