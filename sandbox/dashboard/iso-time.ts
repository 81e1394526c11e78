// From the year 1000 to 2999: text of other years does not sort by time.
const ISO = /^([12]\d{3})-(\d\d)-(\d\d)(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?$/

/**
 * Reads an ISO 8601 date (midnight in UTC) or a time with its zone. A time without a zone would
 * mean another one on every machine, so it is none.
 *
 * @returns milliseconds since 1970, undefined for everything else
 */
export function msOfIso(text: string): number | undefined {
  const [, year, month, day] = ISO.exec(text) ?? []
  if (year === undefined || !isDay(Number(year), Number(month), Number(day))) return undefined
  const ms = Date.parse(text)
  return Number.isNaN(ms) ? undefined : ms
}

/** Date.parse takes the 30th of February for the 2nd of March. */
function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}
