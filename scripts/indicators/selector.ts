import type { EachKey } from './objective.ts'

/** Tags in the order in which they are to appear in the selector. */
export type Tags = Record<string, string>

/** k6 tag that a key of `where` selects. */
const TAG_OF_KEY: Record<EachKey, string> = {
  endpoint: 'name',
  operation: 'operation',
  region: 'region',
}

/** `{ endpoint: 'GET /x' }` -> `{ name: 'GET /x' }`; other keys are tags already. */
export function tagsOf(where: Record<string, string>): Tags {
  const names = new Map(Object.entries(TAG_OF_KEY))
  return Object.fromEntries(
    Object.entries(where).map(([key, value]) => [names.get(key) ?? key, value]),
  )
}

/** `http_reqs` and its selector: `http_reqs{judged:yes,phase:hold}`. */
export function metricKey(metric: string, tags: Tags): string {
  const pairs = Object.entries(tags).map(([tag, value]) => `${tag}:${value}`)
  return pairs.length === 0 ? metric : `${metric}{${pairs.join(',')}}`
}

/**
 * Whether k6 can select a tag: its selectors split at every comma and at the first colon, and trim
 * spaces and quotes (k6 v2.2.0, metrics/metric.go).
 */
export function isSelectable(tag: string, value: string): boolean {
  return !/[,:{}]/.test(tag) && value !== '' && !/,|^["'\s]|["'\s]$/.test(value)
}
