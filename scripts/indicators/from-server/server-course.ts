import { increase, type CounterPoint } from '../../statistics/counter.ts'
import type { Indicator, ServerCombination } from '../indicator.ts'
import type { Span } from '../timeline.ts'
import type { RecordedServer, ServerScrape, ServerSeries } from './server-details.ts'

/** A metric of one server in the judged time. */
export interface ServerCourse {
  /** Looks at the server in that time, and why some of them have failed. */
  attempts: number
  errors: readonly string[]
  /** Sound looks that had the metric, all series in one; in order of time. */
  points: readonly ServerPoint[]
  /** How much its counters have counted since the first look; one list for each uninterrupted part of the time. */
  counted: readonly (readonly CounterPoint[])[]
  /** The process was another one at the end. */
  hasRestarted: boolean
}

export interface ServerPoint {
  atMs: number
  value: number
}

interface Look {
  atMs: number
  part: number
  /** By the labels of the series. */
  values: ReadonlyMap<string, number>
}

const START_TIME = 'process_start_time_seconds'

/** What the scrapes of a server say of a metric. */
export function serverCourse(
  { scrapes }: Pick<RecordedServer, 'scrapes'>,
  measure: Indicator<'server'>,
  spans: readonly Span[],
): ServerCourse {
  const judged = scrapes.flatMap((scrape) => {
    const part = partOf(scrape, measure, spans)
    return part === -1 ? [] : [{ scrape, part }]
  })
  const looks = judged.flatMap(({ scrape, part }): Look[] => {
    const values = valuesIn(scrape, measure)
    return values.size === 0 ? [] : [{ atMs: scrape.atMs, part, values }]
  })
  const combine = combiner(measure.combine)
  const parts = [...new Set(looks.map(({ part }) => part))]
  return {
    attempts: judged.length,
    errors: judged.flatMap(({ scrape }) => ('error' in scrape ? [scrape.error] : [])),
    points: looks.map(({ atMs, values }) => ({ atMs, value: combine([...values.values()]) })),
    counted: parts.map((part) => {
      return countedIn(
        looks.filter((look) => look.part === part),
        combine,
      )
    }),
    hasRestarted: starts(judged.map(({ scrape }) => scrape)) > 1,
  }
}

function partOf(
  { atMs, when }: ServerScrape,
  { when: wanted = 'load' }: Indicator<'server'>,
  spans: readonly Span[],
): number {
  if (when !== wanted) return -1
  if (when === 'idle') return 0
  const us = atMs * 1_000
  return spans.findIndex(({ startUs, endUs }) => us >= startUs && us <= endUs)
}

function valuesIn(
  scrape: ServerScrape,
  { server, labels = {} }: Indicator<'server'>,
): Map<string, number> {
  if ('error' in scrape) return new Map()
  const wanted = Object.entries(labels)
  const found = scrape.series.filter(([name, own, value]: ServerSeries) => {
    const hasLabels = wanted.every(([key, text]) => own[key] === text)
    return name === server && hasLabels && Number.isFinite(value)
  })
  return new Map(found.map(([, own, value]) => [JSON.stringify(own), value]))
}

// Each series by itself: a counter that begins anew must not hide behind the others.
function countedIn(looks: readonly Look[], combine: (values: number[]) => number): CounterPoint[] {
  const totals = new Map<string, number>()
  return looks.map(({ atMs, values }, index) => {
    const before = looks[index - 1]?.values
    for (const [key, value] of values) {
      const earlier = before?.get(key)
      const more = earlier === undefined ? 0 : increase(earlier, value)
      totals.set(key, (totals.get(key) ?? 0) + more)
    }
    return { atMs, counted: combine([...totals.values()]) }
  })
}

function combiner(by: ServerCombination = 'sum'): (values: number[]) => number {
  const sum = (values: number[]): number => values.reduce((total, each) => total + each, 0)
  if (by === 'max') return (values) => values.reduce((most, each) => Math.max(most, each))
  if (by === 'min') return (values) => values.reduce((least, each) => Math.min(least, each))
  return by === 'mean' ? (values) => sum(values) / values.length : sum
}

// A clock that is set moves it by less.
function starts(scrapes: readonly ServerScrape[]): number {
  const seconds = scrapes.flatMap((scrape) =>
    'error' in scrape
      ? []
      : scrape.series.flatMap(([name, , value]) => (name === START_TIME ? value : [])),
  )
  return new Set(seconds.map((each) => Math.round(each / 2))).size
}
