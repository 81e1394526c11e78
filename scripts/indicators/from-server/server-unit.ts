import type { Unit } from '../../core/limit.ts'
import type { Indicator } from '../indicator.ts'

/** In what a value is told, and how much of that one of the server's units is. */
export interface ServerUnit {
  unit: Unit
  factor: number
}

const ONE = 1

/**
 * The unit that the name of a metric says, as Prometheus names them: bytes, seconds, a ratio; of anything else a plain
 * number. CPU seconds per second are a share of one core.
 */
export function serverUnit({ server, statistic }: Measured): ServerUnit {
  const name = server.replace(/_total$/, '')
  const isRate = statistic === 'rate' || statistic === 'max-rate'
  if (name.endsWith('_bytes')) return { unit: isRate ? 'bytes/s' : 'bytes', factor: ONE }
  if (/_seconds(_sum)?$/.test(name)) {
    return isRate ? { unit: 'ratio', factor: ONE } : { unit: 'ms', factor: 1_000 }
  }
  if (isRate) return { unit: '/s', factor: ONE }
  if (name.endsWith('_ratio')) return { unit: 'ratio', factor: ONE }
  return { unit: isCounter(server) ? 'total' : 'units', factor: ONE }
}

/** Whether the name is that of a counter, which only falls when its process begins anew. */
export function isCounter(server: string): boolean {
  return /_(total|count|sum|bucket)$/.test(server)
}

type Measured = Pick<Indicator<'server'>, 'server' | 'statistic'>

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
