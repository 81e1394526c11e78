import { ApiError } from '../api-error.ts'
import { SEGMENTS, type Segment } from '../seed-users.ts'
import { isTechnique } from '../technique-chooser.ts'
import { TECHNIQUES, type Technique } from '../technique-rules.ts'
import { msOfIso } from './iso-time.ts'

/** Which rows are meant; what is left out does not limit. Both times are inclusive. */
export interface MetricsQuery {
  fromMs?: number
  toMs?: number
  technique?: Technique
  segment?: Segment
  /** Rows and ratings with a larger id do not exist for this query. */
  upToId?: number
}

/** A query as it is in a URL. */
export type QueryText = Partial<
  Record<'from' | 'to' | 'technique' | 'segment' | 'up_to_id', string>
>

/** For Fastify: given twice, a parameter would be an array. */
export const QUERY_SCHEMA = {
  type: 'object',
  properties: Object.fromEntries(
    ['from', 'to', 'technique', 'segment', 'up_to_id'].map((name) => [name, { type: 'string' }]),
  ),
}

/**
 * Reads the parameters that all metrics routes share.
 *
 * @throws ApiError 400 that names the rule of every bad one
 */
export function metricsQueryOf(text: QueryText): MetricsQuery {
  const problems: string[] = []
  const read = <Value>(name: keyof QueryText, rule: string, parse: Parser<Value>) => {
    const given = text[name]
    if (given === undefined) return undefined
    const value = parse(given)
    if (value === undefined) problems.push(`Expected ${name} to be ${rule}, got "${shown(given)}"`)
    return value
  }
  const query = {
    fromMs: read('from', ISO_RULE, msOfIso),
    toMs: read('to', ISO_RULE, msOfIso),
    technique: read('technique', `one of ${TECHNIQUES.join(', ')}`, techniqueOf),
    segment: read('segment', `one of ${SEGMENTS.join(', ')}`, segmentOf),
    upToId: read('up_to_id', 'an integer from 0', idOf),
  }
  if (query.fromMs !== undefined && query.toMs !== undefined && query.fromMs > query.toMs) {
    problems.push(
      `Expected from to be at or before to, got ${text.from ?? ''} after ${text.to ?? ''}`,
    )
  }
  if (problems.length > 0) throw new ApiError(400, 'invalid_request', problems.join('; '))
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined))
}

type Parser<Value> = (text: string) => Value | undefined

const ISO_RULE =
  'an ISO 8601 date (2026-01-31) or a time with its zone (2026-01-31T09:30:00Z, +02:00 as %2B02:00)'

function techniqueOf(text: string): Technique | undefined {
  return isTechnique(text) ? text : undefined
}

function segmentOf(text: string): Segment | undefined {
  return SEGMENTS.find((segment) => segment === text)
}

function idOf(text: string): number | undefined {
  return /^(0|[1-9]\d{0,14})$/.test(text) ? Number(text) : undefined
}

function shown(text: string): string {
  return text.slice(0, 100)
}
