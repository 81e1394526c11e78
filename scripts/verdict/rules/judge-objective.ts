import type { CompiledObjective } from '../../sla/compiled.ts'
import { indicatorText, recordOf, samplesNeeded } from '../../indicators/indicators.ts'
import { judgedPhases } from '../../indicators/judged-span.ts'
import { type Limit, meets, type Unit } from '../../core/limit.ts'
import type { Level, Objective } from '../../indicators/objective.ts'
import { correctedMisses, noFailureSeen, type PlannedRun } from './close-pass.ts'
import { judgeWindows, type WindowsResult } from './judge-windows.ts'
import type { Measurement } from '../../indicators/from-samples/measurement.ts'
import { reason, type Reason } from '../../reasons/reasons.ts'
import type { Interval } from '../../statistics/percentile-interval.ts'
import { secondsOf, type TimedPhase } from '../../indicators/timeline.ts'
import type { Judgement, Verdict } from '../verdict.ts'

/** One row of the SLA table. Plain JSON. */
export interface ObjectiveResult {
  id: string
  description?: string
  level: Level
  /** In words: `latency p95`. */
  indicator: string
  /** It looks at some of the samples, as its `where` says. */
  isPart?: boolean
  /** As written in the SLA file. */
  limit: string
  /** The limit's number, in `unit`. */
  bound: number
  unit: Unit
  /** In `unit`; undefined when nothing was measured. */
  measured?: number
  /** 90 %, in `unit`. */
  interval?: Interval
  /** Samples behind `measured`. */
  samples?: number
  windows?: WindowsResult
  /** Phases that were judged, and those that were left out. */
  phases?: { judged: string[]; excluded: string[] }
  verdict: Verdict | 'not in this run'
  /** The limit is met or missed, but the truth may be on its other side. */
  isClose?: boolean
  /** Undefined for a PASS that is not close. */
  reason?: Reason
  /** What else was found, such as each recovery. */
  details?: unknown
  /** Gives `measured` again, or what it is computed from, over the tables of `tables.sql`. */
  sql?: string
}

/** The run that an objective is judged in. */
export interface JudgedRun {
  timeline: readonly TimedPhase[]
  /** That are planned, where the load counts them. */
  iterations?: number | undefined
}

/**
 * Compares what was measured with the objective's limit.
 *
 * @param measurement undefined where this run has nothing to judge by the objective
 */
export function judgeObjective(
  { id, objective, absence }: CompiledObjective,
  measurement: Measurement | undefined,
  { timeline, iterations }: JudgedRun,
): ObjectiveResult {
  const row = objectiveRow({ id, objective })
  if (!measurement) {
    const why = absence ?? 'not measured'
    return { ...row, verdict: 'not in this run', reason: reason('ABSENT', { why }) }
  }
  const { samples, value, interval, details, sql } = measurement
  const windows =
    measurement.windows && judgeWindows(measurement.windows, objective.limit, objective.windows)
  return {
    ...row,
    ...(value !== undefined && { measured: value }),
    ...(interval && { interval }),
    samples,
    ...(windows && { windows }),
    phases: phasesOf(objective, timeline),
    ...judged(objective, { measurement, windows, seconds: secondsOf(timeline), iterations }),
    ...(details !== undefined && { details }),
    sql,
  }
}

/** What a result says of its objective, whatever was measured. */
export function objectiveRow({ id, objective }: Pick<CompiledObjective, 'id' | 'objective'>) {
  const { description, level, limit, where, each } = objective
  const isPart = each === undefined && Object.keys(where).length > 0
  return {
    id,
    ...(description !== undefined && { description }),
    level,
    indicator: indicatorText(objective),
    ...(isPart && { isPart }),
    limit: limit.text,
    bound: limit.value,
    unit: limit.unit,
  }
}

/** The judgement of an objective; undefined where it is not in this run. */
export function judgementOf({ verdict, isClose }: ObjectiveResult): Judgement | undefined {
  return verdict === 'not in this run' ? undefined : { verdict, ...(isClose && { isClose }) }
}

function phasesOf({ phases }: Objective, timeline: readonly TimedPhase[]) {
  const judged = judgedPhases(phases, timeline)
  const names = [...new Set(timeline.map(({ name }) => name))]
  return { judged, excluded: names.filter((name) => !judged.includes(name)) }
}

type Judged = Judgement & { reason?: Reason }

interface Found extends PlannedRun {
  measurement: Measurement
  windows: WindowsResult | undefined
}

// What is proved comes first: a limit that is missed whatever the missing samples were is FAIL.
function judged(objective: Objective, found: Found): Judged & { level?: Level } {
  const { measurement, windows } = found
  const { samples, value, compared = value, interval } = measurement
  const { limit } = objective
  if (measurement.isMissed) return { verdict: 'FAIL', reason: whyOf(measurement, 'missed') }
  if (measurement.isMet) return metByK6(objective, measurement)
  if (value === undefined || compared === undefined)
    return { verdict: 'NO_DATA', reason: whyOf(measurement) }
  const needed = samplesNeeded(objective)
  if (samples < needed) {
    return { verdict: 'NO_DATA', reason: reason('TOO_FEW_SAMPLES', { samples, needed }) }
  }
  const judgement = judgeLimit(compared, interval, limit)
  if (judgement.verdict === 'FAIL') {
    return { ...judgement, reason: reason('LIMIT_MISSED', { measured: value, limit }) }
  }
  return withWindows(objective, windows) ?? close(objective, found) ?? judgement
}

// k6 lets a threshold pass that has seen nothing: it proves nothing, and fails nothing.
function metByK6(
  { limit }: Objective,
  { samples, value, interval }: Measurement,
): Judged & { level?: Level } {
  if (samples === 0 && value === undefined) {
    const why = reason('THRESHOLD_WITHOUT_SAMPLES', {})
    return { verdict: 'NO_DATA', level: 'advisory', reason: why }
  }
  if (value === undefined || !interval || !judgeLimit(value, interval, limit).isClose) {
    return { verdict: 'PASS' }
  }
  const data = { measured: value, low: interval.low, high: interval.high, limit }
  return { verdict: 'PASS', isClose: true, reason: reason('CLOSE_TO_LIMIT', data) }
}

// Windows that the SLA file asks for decide as the limit itself does.
function withWindows({ windows: asked }: Objective, windows: WindowsResult | undefined) {
  if (!asked || !windows) return undefined
  const { count, lengthSeconds, isMissed } = windows
  if (count === 0) {
    return { verdict: 'NO_DATA', reason: reason('NO_WINDOW', { lengthSeconds }) } as const
  }
  return isMissed ? ({ verdict: 'FAIL', reason: windowsReason(windows) } as const) : undefined
}

function close(objective: Objective, { measurement, windows, ...run }: Found): Judged | undefined {
  const { limit, indicator } = objective
  const { value = 0, compared = value, interval } = measurement
  const isPass = { verdict: 'PASS', isClose: true } as const
  if (interval && judgeLimit(compared, interval, limit).isClose) {
    const data = { measured: value, low: interval.low, high: interval.high, limit }
    const none = noFailureSeen(objective, measurement, run)
    return { ...isPass, reason: none ?? reason('CLOSE_TO_LIMIT', data) }
  }
  if (windows?.isMissed) return { ...isPass, reason: windowsReason(windows) }
  const corrected = correctedMisses(objective, measurement)
  if (corrected) return { ...isPass, reason: corrected }
  // One second cannot tell how seconds vary, and so proves no percentile.
  if (recordOf(indicator).needsInterval && !interval)
    return { ...isPass, reason: reason('ONE_SECOND_ONLY', {}) }
  return undefined
}

function windowsReason({ violating, count, lengthSeconds, longestStreak }: WindowsResult): Reason {
  return reason('WINDOWS_MISSED', { violating, windows: count, lengthSeconds, longestStreak })
}

function whyOf({ reason: why }: Measurement, otherwise?: string): Reason {
  if (why) return why
  return otherwise === undefined
    ? reason('NO_SAMPLES', {})
    : reason('NOT_MEASURED', { why: otherwise })
}

/** The measured value decides. It is close where the limit lies inside of the interval. */
export function judgeLimit(value: number, interval: Interval | undefined, limit: Limit): Judgement {
  const verdict = meets(value, limit) ? 'PASS' : 'FAIL'
  if (!interval) return { verdict }
  const isClose = meets(interval.low, limit) !== meets(interval.high, limit)
  return { verdict, ...(isClose && { isClose }) }
}
