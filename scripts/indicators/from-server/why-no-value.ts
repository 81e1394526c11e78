import { distance } from 'fastest-levenshtein'
import { reason, type Reason } from '../../reasons/reasons.ts'
import type { Indicator } from '../indicator.ts'
import type { ServerCourse } from './server-course.ts'
import type { RecordedServer } from './server-recording.ts'

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
