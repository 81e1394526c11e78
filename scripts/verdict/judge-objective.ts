import type { CompiledObjective } from '../sla/compiled.ts'
import { indicatorText } from '../sla/indicator.ts'
import { judgedPhases } from '../sla/judged-span.ts'
import type { Unit } from '../sla/limit.ts'
import type { Level, Objective } from '../sla/objective.ts'
import { formatMeasure, formatMissed } from './format-measure.ts'
import { judgeLimit } from './judge-limit.ts'
import { judgeWindows, type WindowsResult } from './judge-windows.ts'
import { measure } from './measure.ts'
import type { MeasureContext, Measurement } from './measurement.ts'
import { samplesNeeded } from './samples-needed.ts'
import type { Interval } from './statistics/interval.ts'
import type { Verdict } from './verdict.ts'

/** One row of the SLA table. Plain JSON. */
export interface ObjectiveResult {
  id: string
  description?: string
  level: Level
  /** In words: `latency p95`. */
  indicator: string
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
  /** A sentence part; undefined for PASS. */
  reason?: string
  /** What else was found, such as each recovery. */
  details?: unknown
  /** Gives `measured` again, or what it is computed from, over the verdict's `tables`. */
  sql?: string
}

/** Measures one objective and compares it with its limit. */
export async function judgeObjective(
  compiled: CompiledObjective,
  context: MeasureContext,
): Promise<ObjectiveResult> {
  const { objective, absence } = compiled
  const measurement = absence === undefined ? await measure(objective, context) : undefined
  return judgeMeasurement(compiled, measurement, context)
}

/**
 * Compares what was measured with the objective's limit.
 *
 * @param measurement undefined where this run has nothing to judge by the objective
 */
export function judgeMeasurement(
  { id, objective, absence }: CompiledObjective,
  measurement: Measurement | undefined,
  context: Pick<MeasureContext, 'timeline'>,
): ObjectiveResult {
  const { limit } = objective
  const row = objectiveRow({ id, objective })
  if (!measurement) return { ...row, verdict: 'not in this run', reason: absence ?? 'not measured' }

  const { samples, value, interval, details, sql } = measurement
  const windows = measurement.windows && judgeWindows(measurement.windows, limit, objective.windows)
  return {
    ...row,
    ...(value !== undefined && { measured: value }),
    ...(interval && { interval }),
    samples,
    ...(windows && { windows }),
    phases: phasesOf(objective, context),
    ...verdictOf(objective, measurement, windows),
    ...(details !== undefined && { details }),
    sql,
  }
}

/** What a result says of its objective, whatever was measured. */
export function objectiveRow({ id, objective }: Pick<CompiledObjective, 'id' | 'objective'>) {
  const { description, level, limit, indicator } = objective
  return {
    id,
    ...(description !== undefined && { description }),
    level,
    indicator: indicatorText(indicator),
    limit: limit.text,
    bound: limit.value,
    unit: limit.unit,
  }
}

function phasesOf({ phases }: Objective, { timeline }: Pick<MeasureContext, 'timeline'>) {
  const judged = judgedPhases(phases, timeline)
  const names = [...new Set(timeline.map(({ name }) => name))]
  return { judged, excluded: names.filter((name) => !judged.includes(name)) }
}

const SINGLE_SECOND = 'all samples lie within one second, so nothing says how they vary'

type Judged = Pick<ObjectiveResult, 'verdict' | 'reason'>

function verdictOf(
  objective: Objective,
  measurement: Measurement,
  windows: WindowsResult | undefined,
): Judged {
  const { samples, value, compared = value, interval, isMissed } = measurement
  const reason =
    typeof measurement.reason === 'object' ? measurement.reason.text : measurement.reason
  if (isMissed) return { verdict: 'FAIL', reason: reason ?? 'missed' }
  if (value === undefined || compared === undefined)
    return { verdict: 'NO_DATA', reason: reason ?? 'no samples' }
  const needed = samplesNeeded(objective)
  if (samples < needed) {
    return { verdict: 'NO_DATA', reason: `${samples} samples, at least ${needed} are needed` }
  }
  const { limit } = objective
  const verdict = judgeLimit(compared, interval, limit)
  if (verdict === 'FAIL') {
    return { verdict, reason: `${formatMissed(value, limit)}, expected ${limit.text}` }
  }
  if (windows?.isDemanded) {
    if (windows.count === 0) {
      return {
        verdict: 'NO_DATA',
        reason: `no window of ${windows.lengthSeconds} s had enough samples`,
      }
    }
    if (windows.fault !== undefined) return { verdict: 'FAIL', reason: windows.fault }
  }
  if (verdict === 'MARGINAL') return { verdict, reason: marginalReason(objective, value, interval) }
  if (windows?.fault !== undefined) return { verdict: 'MARGINAL', reason: windows.fault }
  // One second cannot tell how seconds vary, and so proves no percentile.
  const isUnproven = objective.indicator.kind === 'latency' && !interval
  return isUnproven ? { verdict: 'MARGINAL', reason: SINGLE_SECOND } : { verdict }
}

function marginalReason(
  { limit }: Objective,
  value: number,
  interval: Interval | undefined,
): string {
  const { low = value, high = value } = interval ?? {}
  const range = `${formatMeasure(low, limit.unit)} to ${formatMeasure(high, limit.unit)}`
  return `too close to tell: ${formatMeasure(value, limit.unit)} (${range}), expected ${limit.text}`
}
