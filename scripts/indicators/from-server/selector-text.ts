import type { Indicator } from '../indicator.ts'

/** Which series of a server: `nodejs_heap_space_size_used_bytes{space="old"} (max of its series)`. */
export function selectorText({ server, labels, combine }: Indicator<'server'>): string {
  const pairs = Object.entries(labels ?? {}).map(
    ([key, value]) => `${key}=${JSON.stringify(value)}`,
  )
  const selected = pairs.length === 0 ? server : `${server}{${pairs.join(',')}}`
  return combine === undefined || combine === 'sum'
    ? selected
    : `${selected} (${combine} of its series)`
}
