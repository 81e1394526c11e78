/** What one service cost on one day. */
export interface CostRecord {
  /** Days since 1970-01-01. */
  day: number
  service: string
  /** Whole cents, so that sums are exact. */
  cents: number
}

const SERVICE_PATTERN = '[a-z0-9-]{1,40}'

/** The name of an account in a body or a query. */
export const ACCOUNT = { type: 'string', pattern: '^[A-Za-z0-9_-]{1,64}$' }

/** One record in a body. */
export const RECORD = {
  type: 'object',
  required: ['day', 'service', 'cents'],
  additionalProperties: false,
  properties: {
    day: { type: 'integer', minimum: 0, maximum: 100_000 },
    service: { type: 'string', pattern: `^${SERVICE_PATTERN}$` },
    cents: { type: 'integer', minimum: 0, maximum: 1_000_000_000 },
  },
}

/** The position of a record in its account, as pages name it: `20000.compute`. */
export const PLACE = { type: 'string', pattern: `^\\d{1,6}\\.${SERVICE_PATTERN}$` }

/** The position of a record, as `PLACE` describes it. */
export function placeOf({ day, service }: Pick<CostRecord, 'day' | 'service'>): string {
  return `${day}.${service}`
}

/** Parses a position that matches `PLACE`. */
export function readPlace(place: string): Pick<CostRecord, 'day' | 'service'> {
  const dot = place.indexOf('.')
  return { day: Number(place.slice(0, dot)), service: place.slice(dot + 1) }
}
