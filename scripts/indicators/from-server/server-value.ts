import { distance } from 'fastest-levenshtein'
import { highestRate, meanRate } from '../../statistics/counter.ts'
import type { Indicator, ServerStatistic } from '../indicator.ts'
import type { ServerCourse } from './server-course.ts'
import type { Unit } from '../../core/limit.ts'
import { reason, type Reason } from '../../reasons/reasons.ts'
import type { RecordedServer } from './server-details.ts'

/** Of a rate that is looked for its highest: one second says little of a counter that is read once a second. */
export const RATE_WINDOW_SECONDS = 5

/** The statistic of a course, in the server's unit; undefined where it has too few points. */
export function serverValue(
  course: ServerCourse,
  statistic: ServerStatistic,
  isCounter: boolean,
): number | undefined {
  const values = course.points.map(({ value }) => value)
  const last = values.at(-1)
  if (last === undefined) return undefined
  switch (statistic) {
    case 'max':
      return values.reduce((most, each) => Math.max(most, each))
    case 'min':
      return values.reduce((least, each) => Math.min(least, each))
    case 'mean':
      return values.reduce((sum, each) => sum + each, 0) / values.length
    case 'last':
      return last
    case 'growth':
      return values.length < 2 ? undefined : growth(course, isCounter)
    case 'rate':
      return overallRate(course)
    case 'max-rate':
      return most(course.counted.flatMap((part) => highestRate(part, RATE_WINDOW_SECONDS) ?? []))
  }
}

function growth({ points, counted }: ServerCourse, isCounter: boolean): number {
  if (isCounter) return counted.reduce((sum, part) => sum + (part.at(-1)?.counted ?? 0), 0)
  return (points.at(-1)?.value ?? 0) - (points[0]?.value ?? 0)
}

// Each part counts as long as it is.
function overallRate({ counted }: ServerCourse): number | undefined {
  const parts = counted.flatMap((part) => {
    const rate = meanRate(part)
    const ms = (part.at(-1)?.atMs ?? 0) - (part[0]?.atMs ?? 0)
    return rate === undefined ? [] : [{ rate, ms }]
  })
  const total = parts.reduce((sum, { ms }) => sum + ms, 0)
  if (total === 0) return undefined
  return parts.reduce((sum, { rate, ms }) => sum + rate * ms, 0) / total
}

function most(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : Math.max(...values)
}

/** The unit in which a value is reported, and the factor from the server's own unit to it. */
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

/** At least this share of the looks at a server must have the metric. */
const SOUND_SHARE_MIN = 0.5

/** Why a course proves nothing; undefined where nothing speaks against it. */
export function whyNoValue(
  server: RecordedServer,
  measure: Indicator<'server'>,
  course: ServerCourse,
): Reason | undefined {
  const { url, gauges } = server
  const { attempts, errors, points, hasRestarted } = course
  const { server: metric, statistic } = measure
  if (attempts === 0) return reason('NO_SCRAPE_IN_TIME', { url, when: measure.when ?? 'load' })
  if (errors.length > attempts * (1 - SOUND_SHARE_MIN)) {
    return reason('SCRAPES_FAILED', { url, failed: errors.length, attempts, why: usual(errors) })
  }
  if (points.length === 0) return missing(server, measure)
  if (points.length < attempts * SOUND_SHARE_MIN) {
    return reason('METRIC_OFTEN_MISSING', { url, metric, found: points.length, attempts })
  }
  const isRate = statistic === 'rate' || statistic === 'max-rate'
  if (isRate && gauges.includes(metric)) return reason('RATE_OF_GAUGE', { metric, statistic })
  if (statistic === 'growth' && hasRestarted) return reason('SERVER_RESTARTED', { url })
  return undefined
}

function usual(errors: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const error of errors) counts.set(error, (counts.get(error) ?? 0) + 1)
  const [[most] = ['']] = [...counts].sort(([, one], [, other]) => other - one)
  return most
}

const NEAREST_MAX = 3

function missing(server: RecordedServer, { server: metric, labels }: Indicator<'server'>): Reason {
  const { url, names } = server
  if (!names.includes(metric)) {
    const near = [...names].sort((a, b) => distance(metric, a) - distance(metric, b))
    return reason('METRIC_MISSING', { url, metric, nearest: near.slice(0, NEAREST_MAX) })
  }
  const there = server.scrapes
    .flatMap((scrape) => ('series' in scrape ? scrape.series : []))
    .filter(([name]) => name === metric)
    .map(([, own]) => JSON.stringify(own))
  const found = [...new Set(there)].slice(0, NEAREST_MAX)
  return reason('NO_SUCH_SERIES', { url, metric, labels: JSON.stringify(labels ?? {}), found })
}
