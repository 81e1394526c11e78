// Samples for the tests of whatever watches a running test.
import type { LiveRow } from '../../../scripts/samples/live-row.ts'

/** When the load of the examples begins. */
export const START_US = 1_795_274_766_000_000

export interface ExampleSample {
  /** When it is recorded, seconds since the start. */
  at: number
  /** @default 'http_req_duration' */
  metric?: string
  /** @default 20 */
  value?: number
  /** On top of those of a request of the load that succeeded; undefined takes one away. */
  tags?: Record<string, string | undefined>
}

const TAGS = { scenario: 'load', operation: 'enhance', expected_response: 'true', status: '200' }

/** A sample as it comes from a file. */
export function createRow({ at, metric, value = 20, tags = {} }: ExampleSample): LiveRow {
  const all = new Map<string, string | undefined>(Object.entries({ ...TAGS, ...tags }))
  return {
    metric: metric ?? 'http_req_duration',
    endUs: START_US + Math.round(at * 1e6),
    value,
    tag: (name) => all.get(name),
  }
}

export interface ExampleStream extends Omit<ExampleSample, 'at'> {
  /** Seconds since the start; the end excluded. */
  from: number
  to: number
  perSecond: number
}

/** Samples of one kind at a constant rate. */
export function stream({ from, to, perSecond, ...sample }: ExampleStream): LiveRow[] {
  return Array.from({ length: Math.round((to - from) * perSecond) }, (_, index) =>
    createRow({ ...sample, at: from + index / perSecond }),
  )
}

/** What k6 records every second, whatever the load does. */
export function clock({ to, users = 100 }: { to: number; users?: number }): LiveRow[] {
  const tags = Object.fromEntries(Object.keys(TAGS).map((name) => [name, undefined]))
  return stream({ from: 0, to, perSecond: 1, metric: 'vus', value: users, tags })
}

/** As k6 would have written them. */
export function inOrder(...rows: LiveRow[][]): LiveRow[] {
  return rows.flat().sort((one, other) => one.endUs - other.endUs)
}
