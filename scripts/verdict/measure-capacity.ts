import type { Limit } from '../sla/limit.ts'
import type { Objective } from '../sla/objective.ts'
import { meets } from './judge-limit.ts'
import { measureLatency } from './measure-percentile.ts'
import { measureRatio } from './measure-ratio.ts'
import type { MeasureContext, Measurement } from './measurement.ts'
import { reason, type Reason } from './reasons.ts'
import { samplesNeeded } from './samples-needed.ts'
import {
  type BreakingPoint,
  findBreakingPoint,
  type LoadStep,
} from './statistics/breaking-point.ts'
import type { TimedPhase } from './timeline.ts'

/** Phases that are judged each by itself. */
export const STEP_PHASE = /^step-\d+$/

/** A step, and what each objective measured in it. */
export interface MeasuredStep extends LoadStep {
  name: string
  measured: Record<string, number>
}

export interface CapacityDetails {
  steps: MeasuredStep[]
  breakingPoint: BreakingPoint
}

/**
 * Where a run in steps broke the target. Its value is the highest offered load at which all objectives
 * held; of a run that broke nothing, that of its last sound step, which is then only a lower bound.
 */
export async function measureCapacity(
  { limit }: Objective,
  context: MeasureContext,
): Promise<Measurement> {
  const sql = `SELECT phase, (SELECT max(at_us) FROM samples) AS last_us, count(*) FILTER (metric = 'iterations') AS achieved,
  coalesce(sum(value) FILTER (metric = 'dropped_iterations'), 0) AS dropped
FROM samples WHERE phase LIKE 'step-%' GROUP BY phase`
  const rows = await context.database.rows<Counted>(sql)
  const steps: MeasuredStep[] = []
  for (const phase of context.timeline.filter(({ name }) => STEP_PHASE.test(name))) {
    const counted = rows.find((row) => row.phase === phase.name)
    // A ramp that has been stopped ends within a step, which then says nothing.
    if (counted && isWhole(phase, counted)) steps.push(await measureStep(phase, counted, context))
  }
  const samples = steps.reduce((sum, { achievedPerSecond }) => sum + achievedPerSecond, 0)
  if (steps.length === 0) return { samples: 0, reason: notMeasured('no step was measured'), sql }
  const breakingPoint = findBreakingPoint(steps, { seed: context.seed })
  const details: CapacityDetails = { steps, breakingPoint }
  return { samples: Math.round(samples), ...valueOf(breakingPoint, limit), details, sql }
}

interface Counted {
  phase: string
  /** Of the whole run. */
  last_us: number
  achieved: number
  dropped: number
}

// Up to a second after the last sample nothing may have happened, in a short step less.
function isWhole({ startUs, endUs }: TimedPhase, { last_us }: Counted): boolean {
  return last_us >= endUs - Math.min(1_000_000, (endUs - startUs) / 5)
}

async function measureStep(
  { name, startUs, endUs, target }: TimedPhase,
  { achieved }: Counted,
  context: MeasureContext,
): Promise<MeasuredStep> {
  const seconds = (endUs - startUs) / 1_000_000
  const step = { ...context, timeline: context.timeline.filter((phase) => phase.name === name) }
  const measured: Record<string, number> = {}
  const missed: string[] = []
  for (const { id, objective } of context.gates) {
    const { indicator, limit, level } = objective
    const { samples, value } = await (indicator.kind === 'latency'
      ? measureLatency({ ...objective, phases: [name] }, indicator.percentile, step)
      : measureRatio({ ...objective, phases: [name] }, step))
    if (value === undefined || samples < samplesNeeded(objective)) continue
    measured[id] = value
    if (!meets(value, limit) && level === 'required') missed.push(id)
  }
  return {
    name,
    offeredPerSecond: target,
    achievedPerSecond: achieved / seconds,
    meetsObjectives: missed.length === 0 && Object.keys(measured).length > 0,
    missedObjectives: missed,
    measured,
  }
}

function valueOf(
  point: BreakingPoint,
  limit: Limit,
): Pick<Measurement, 'value' | 'reason' | 'isMissed'> {
  if (point.outcome === 'REACHED') {
    const { sloCapacity } = point
    if (sloCapacity) return { value: sloCapacity.offeredPerSecond }
    return { reason: notMeasured('no step met all objectives'), isMissed: true }
  }
  const { atLeastPerSecond } = point
  if (meets(atLeastPerSecond, limit)) return { value: atLeastPerSecond }
  const next = 'nothing was found out about more: give a higher --rate'
  return {
    reason: notMeasured(`NOT_REACHED, ${atLeastPerSecond}/s is the last sound step: ${next}`),
  }
}

function notMeasured(why: string): Reason {
  return reason('NOT_MEASURED', { why })
}
