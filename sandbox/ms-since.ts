/** Milliseconds since a reading of `performance.now()`, rounded to 0.01. */
export function msSince(sinceMs: number): number {
  return Math.round((performance.now() - sinceMs) * 100) / 100
}
