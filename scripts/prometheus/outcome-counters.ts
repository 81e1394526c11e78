import type { LiveRow } from '../samples/live-row.ts'
import { isFailure, isOfLoad, REQUEST_METRIC } from '../samples/live-scanner.ts'
import { parseTagText } from '../samples/tag-columns.ts'
import type { Gauge } from './series-timeline.ts'

/** Counters of what k6 pushes as a ratio since the start of the run, or does not push at all. */
export interface OutcomeCounters {
  /** Metrics that `add` wants. */
  metrics: ReadonlySet<string>
  add(row: LiveRow): void
  /** All of them, since the start. */
  gauges(): Gauge[]
}

/** Tags that say what an outcome belongs to; a phase is a time, so `k6_verdict_phase` has it. */
const TAGS = ['scenario', 'operation', 'region', 'check'] as const

const REQUEST_TAGS = ['scenario', 'operation', 'region', 'name', 'expected_response'] as const

/** What would multiply all series of an endpoint: k6 records it as metadata, and pushes none of it. */
const METADATA = ['segment', 'technique'] as const

/** Beyond so many, an outcome is counted without its metadata: a name that never repeats is no label. */
const DETAILED_MAX = 1_000

/**
 * Counts from the recording while it grows: k6's Prometheus output has no windows for its rates, and a
 * counter in the script would cost every iteration.
 *
 * @param rates k6's Rate metrics
 */
export function createOutcomeCounters(rates: readonly string[]): OutcomeCounters {
  const counters = new Map<string, Gauge>()
  const count = (name: string, labels: Record<string, string>, metadata: string | undefined) => {
    const detailed = { ...labels, ...labelsOf(metadata) }
    const isFull = counters.size >= DETAILED_MAX && !counters.has(keyOf(name, detailed))
    const chosen = isFull ? labels : detailed
    const key = keyOf(name, chosen)
    const known = counters.get(key)
    if (known) known.value += 1
    else counters.set(key, { name, labels: chosen, value: 1, isCounter: true })
  }
  return {
    metrics: new Set([REQUEST_METRIC, ...rates]),
    add(row) {
      const metadata = row.tag('metadata')
      if (row.metric !== REQUEST_METRIC) {
        const outcome = row.value === 0 ? 'fail' : 'pass'
        count('k6_outcomes_total', { metric: row.metric, outcome, ...tagsOf(row, TAGS) }, metadata)
      } else if (metadata !== undefined && isOfLoad(row)) {
        const labels = tagsOf(row, REQUEST_TAGS)
        labels['expected_response'] ??= String(!isFailure(row))
        count('k6_segment_requests_total', labels, metadata)
      }
    },
    gauges: () => [...counters.values()],
  }
}

function tagsOf(row: LiveRow, names: readonly string[]): Record<string, string> {
  const tags: Record<string, string> = {}
  for (const name of names) {
    const value = row.tag(name)
    if (value !== undefined) tags[name] = value
  }
  return tags
}

// The same few texts come again with every row.
const parsed = new Map<string, Record<string, string>>()

function labelsOf(metadata: string | undefined): Record<string, string> {
  if (metadata === undefined) return {}
  const known = parsed.get(metadata)
  if (known) return known
  if (parsed.size >= DETAILED_MAX) parsed.clear()
  const all = parseTagText(metadata)
  const labels = Object.fromEntries(
    METADATA.flatMap((name) => (all[name] === undefined ? [] : [[name, all[name]]])),
  )
  parsed.set(metadata, labels)
  return labels
}

function keyOf(name: string, labels: Record<string, string>): string {
  return `${name}\n${Object.values(labels).join('\n')}`
}
