import { count, formatMeasure } from '../../core/format-measure.ts'
import type { Unit } from '../../core/limit.ts'
import type { TimelineSeries } from '../../verdict/tables/timeline-series.ts'
import { cpuPanel } from './cpu-panel.ts'
import { elapsed, latency } from './format-text.ts'
import type { ReportFile } from './report-file.ts'
import { serverPanels } from './server-panels.ts'
import { trafficWords } from '../../verdict/verdict-file.ts'

/** One line of a chart; its tone is a colour and a dash of the style sheet. */
export interface Line {
  label: string
  tone: 'one' | 'two' | 'three' | 'bad' | 'dropped' | 'idle'
  values: readonly (number | null)[]
}

/** One chart over time. */
export interface Panel {
  id: string
  title: string
  unit: Unit
  lines: Line[]
  /** Lines of the SLA. */
  limits: { label: string; value: number }[]
  summary: string
}

/** The charts over time, one idea in each. */
export function panelsOf(file: ReportFile, timeline: TimelineSeries): Panel[] {
  const { one, counts } = trafficWords(file)
  const cpu = cpuPanel(timeline, file.generator.perSecond ?? [])
  const { users, requestsPerSecond, errorsPerSecond, droppedPerSecond } = timeline
  return [
    {
      id: 'users',
      title: 'Users',
      unit: 'total',
      lines: [{ label: 'users', tone: 'one', values: users }],
      limits: [],
      summary: usersSummary(timeline),
    },
    {
      id: 'requests',
      title: `${counts} per second`,
      unit: '/s',
      lines: [{ label: `${one}s`, tone: 'one', values: requestsPerSecond }],
      limits: [],
      summary: `Up to ${highest(timeline, requestsPerSecond, '/s')}.`,
    },
    {
      id: 'latency',
      title: one === 'request' ? 'Latency of expected responses' : 'Duration of operations',
      unit: 'ms',
      lines: [
        { label: 'p50', tone: 'one', values: timeline.p50Ms },
        { label: 'p95', tone: 'two', values: timeline.p95Ms },
        { label: 'p99', tone: 'three', values: timeline.p99Ms },
      ],
      limits: latencyLimits(file),
      summary: latencySummary(timeline, one),
    },
    ...(cpu ? [cpu] : []),
    ...serverPanels(file.objectives, timeline),
    {
      id: 'errors',
      title: 'Errors and dropped iterations per second',
      unit: '/s',
      lines: [
        { label: 'errors', tone: 'bad', values: errorsPerSecond },
        { label: 'dropped', tone: 'dropped', values: droppedPerSecond },
      ],
      limits: [],
      summary: errorsSummary(timeline, one),
    },
  ]
}

/**
 * Limits of latency percentiles, which belong into the chart of the latency; each only once. A limit for some of the
 * requests is no limit of a line over all of them.
 */
export function latencyLimits(
  file: Pick<ReportFile, 'objectives' | 'traffic'>,
): { label: string; value: number; percentile: number }[] {
  const isOfOperations = trafficWords(file).one === 'operation'
  const ofAll = file.objectives.filter(({ isPart }) => !isPart)
  const found = ofAll.flatMap(({ indicator, limit, bound, unit, verdict, reason }) => {
    const [, percentile, ofOperations] =
      /^latency p(\d+(?:\.\d+)?)( of operations)?$/.exec(indicator) ?? []
    const applies = verdict !== 'not in this run' || reason?.text === 'each step is judged by it'
    const isDrawn = percentile !== undefined && (ofOperations !== undefined) === isOfOperations
    if (!isDrawn || unit !== 'ms' || !applies) return []
    return [{ label: `p${percentile} ${limit}`, value: bound, percentile: Number(percentile) }]
  })
  return found.filter((each, index) => {
    return found.findIndex(({ label }) => label === each.label) === index
  })
}

function usersSummary({ users, ...timeline }: TimelineSeries): string {
  if (users.every((value) => value === null)) return 'The number of users was not recorded.'
  const { value, at } = peak(timeline, users)
  return `Up to ${count(value, 'user')} at once, first at ${at}.`
}

function latencySummary(timeline: TimelineSeries, one: string): string {
  const known = timeline.p95Ms.flatMap((value) => value ?? [])
  if (known.length === 0) return `No ${one} succeeded.`
  const { value, at } = peak(timeline, timeline.p95Ms)
  return `The p95 of single steps of ${timeline.stepSeconds} s went from ${latency(least(known))} to ${latency(value)}, highest at ${at}.`
}

function errorsSummary(timeline: TimelineSeries, one: string): string {
  const { errorsPerSecond: errors, droppedPerSecond: dropped } = timeline
  const failed = errors.some((value) => value > 0)
  const lost = dropped.some((value) => value > 0)
  const told = [
    failed ? `Errors: up to ${highest(timeline, errors, '/s')}.` : `No ${one} failed.`,
    lost
      ? `Dropped iterations: up to ${highest(timeline, dropped, '/s')}.`
      : 'No iteration was dropped.',
  ]
  return told.join(' ')
}

function highest(
  timeline: Pick<TimelineSeries, 'step' | 'stepSeconds'>,
  values: readonly (number | null)[],
  unit: Unit,
): string {
  const { value, at } = peak(timeline, values)
  return `${formatMeasure(value, unit)}, at ${at}`
}

function peak(
  { step, stepSeconds }: Pick<TimelineSeries, 'step' | 'stepSeconds'>,
  values: readonly (number | null)[],
): { value: number; at: string } {
  const value = values.reduce<number>((most, each) => Math.max(most, each ?? 0), 0)
  const index = Math.max(0, values.indexOf(value))
  return { value, at: elapsed((step[index] ?? 0) * stepSeconds) }
}

function least(values: readonly number[]): number {
  return values.reduce((low, each) => Math.min(low, each), Infinity)
}
