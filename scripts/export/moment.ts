import { parseDuration } from '../../lib/duration.ts'

/** A point in time: absolute, or since the start of the load. */
export type Moment = { us: number } | { offsetUs: number }

const ISO = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/

/**
 * Reads `2026-11-21T08:49:16Z` (ISO 8601; without a zone it is UTC) or `1m30s`, since the start of the
 * load.
 *
 * @returns undefined for anything else
 */
export function parseMoment(text: string): Moment | undefined {
  if (ISO.test(text)) {
    const isBare = /T[\d:.]+$/.test(text)
    const ms = Date.parse(isBare ? `${text}Z` : text)
    return Number.isNaN(ms) ? undefined : { us: ms * 1_000 }
  }
  try {
    return { offsetUs: Math.round(parseDuration(text) * 1e6) }
  } catch {
    return undefined
  }
}

/** Microseconds since 1970. */
export function absoluteUs(moment: Moment, startMs: number): number {
  return 'us' in moment ? moment.us : Math.round(startMs * 1_000) + moment.offsetUs
}
