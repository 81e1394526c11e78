// Pure: read by k6 and by Node.

const UNIT_SECONDS: Record<string, number> = { h: 3_600, m: 60, s: 1, ms: 0.001 }

/**
 * Reads a duration as k6 writes it: `'30s'`, `'1m30s'`, `'500ms'`.
 *
 * @returns seconds
 * @throws when the text is not a sequence of numbers with the units h, m, s or ms
 */
export const parseDuration = (text: string): number => {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g)]
  if (text === '' || parts.map(([part]) => part).join('') !== text) {
    throw new Error(`Expected a duration such as 90s, 1m30s or 500ms, got "${text}"`)
  }
  return parts.reduce((sum, [, value, unit = 's']) => {
    return sum + Number(value) * (UNIT_SECONDS[unit] ?? 0)
  }, 0)
}

/** Seconds as a k6 duration: `90` -> `'90s'`, `1.5` -> `'1500ms'`. */
export const formatDuration = (seconds: number): string => {
  const ms = Math.round(seconds * 1_000)
  return ms % 1_000 === 0 ? `${ms / 1_000}s` : `${ms}ms`
}
