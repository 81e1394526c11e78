import { count } from '../../core/count.ts'
import type { Unit } from '../../core/limit.ts'
import type { ObjectiveResult } from '../../verdict/rules/judge-objective.ts'
import type { GeneratorSecond } from '../../run/generator-second.ts'
import type { TimelineSeries } from '../../verdict/tables/timeline-series.ts'
import { formatMeasure } from '../../core/format-measure.ts'
import { cpuPanel } from './cpu-panel.ts'
import { latency } from './format-text.ts'
import { elapsed } from './format-time.ts'

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
export function panelsOf(
  timeline: TimelineSeries,
  objectives: readonly ObjectiveResult[],
  perSecond: readonly GeneratorSecond[] = [],
): Panel[] {
  const cpu = cpuPanel(timeline, perSecond)
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
      title: 'Requests per second',
      unit: '/s',
      lines: [{ label: 'requests', tone: 'one', values: requestsPerSecond }],
      limits: [],
      summary: `Up to ${highest(timeline, requestsPerSecond, '/s')}.`,
    },
    {
      id: 'latency',
      title: 'Latency of expected responses',
      unit: 'ms',
      lines: [
        { label: 'p50', tone: 'one', values: timeline.p50Ms },
        { label: 'p95', tone: 'two', values: timeline.p95Ms },
        { label: 'p99', tone: 'three', values: timeline.p99Ms },
      ],
      limits: latencyLimits(objectives),
      summary: latencySummary(timeline),
    },
    ...(cpu ? [cpu] : []),
    {
      id: 'errors',
      title: 'Errors and dropped iterations per second',
      unit: '/s',
      lines: [
        { label: 'errors', tone: 'bad', values: errorsPerSecond },
        { label: 'dropped', tone: 'dropped', values: droppedPerSecond },
      ],
      limits: [],
      summary: errorsSummary(timeline),
    },
  ]
}

/** Limits of latency percentiles, which belong into the chart of the latency; each only once. */
export function latencyLimits(
  objectives: readonly ObjectiveResult[],
): { label: string; value: number; percentile: number }[] {
  const found = objectives.flatMap(({ indicator, limit, bound, unit, verdict, reason }) => {
    const [, percentile] = /^latency p(\d+(?:\.\d+)?)$/.exec(indicator) ?? []
    const applies = verdict !== 'not in this run' || reason?.text === 'each step is judged by it'
    if (percentile === undefined || unit !== 'ms' || !applies) return []
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

function latencySummary(timeline: TimelineSeries): string {
  const known = timeline.p95Ms.flatMap((value) => value ?? [])
  if (known.length === 0) return 'No request succeeded.'
  const { value, at } = peak(timeline, timeline.p95Ms)
  return `The p95 of single steps of ${timeline.stepSeconds} s went from ${latency(least(known))} to ${latency(value)}, highest at ${at}.`
}

function errorsSummary(timeline: TimelineSeries): string {
  const { errorsPerSecond: errors, droppedPerSecond: dropped } = timeline
  const failed = errors.some((value) => value > 0)
  const lost = dropped.some((value) => value > 0)
  const told = [
    failed ? `Errors: up to ${highest(timeline, errors, '/s')}.` : 'No request failed.',
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
