import { type Limit, meets } from '../../core/limit.ts'
import type { Objective } from '../objective.ts'
import { formatMeasure } from '../../core/format-measure.ts'
import type { MeasureContext, Measurement, MeasureValue } from './measurement.ts'
import { reason } from '../../reasons/reasons.ts'
import {
  type BreakingPoint,
  capacityIs,
  findBreakingPoint,
  type LoadStep,
  narrowerRamp,
} from '../../statistics/breaking-point.ts'
import type { TimedPhase } from '../timeline.ts'

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
 * Between which loads a run in steps broke the target. Its value is the load of the last step that met
 * everything, but where the limit lies within the bracket: then nobody knows, and the reason says which run
 * would tell.
 */
export async function measureCapacity(
  { limit }: Objective,
  context: StepContext,
): Promise<Measurement> {
  const sql = `SELECT phase, (SELECT max(at_us) FROM samples) AS last_us, count(*) FILTER (metric = 'iterations') AS achieved
FROM samples WHERE phase LIKE 'step-%' GROUP BY phase`
  const rows = await context.database.rows<Counted>(sql)
  const steps: MeasuredStep[] = []
  for (const phase of context.timeline.filter(({ name }) => STEP_PHASE.test(name))) {
    const counted = rows.find((row) => row.phase === phase.name)
    // A ramp that has been stopped ends within a step, which then says nothing.
    if (!counted || !isWhole(phase, counted)) continue
    const step = await measureStep(phase, counted, context)
    if (saysSomething(step, context)) steps.push(step)
  }
  const samples = steps.reduce((sum, { achievedPerSecond }) => sum + achievedPerSecond, 0)
  if (steps.length === 0) return { samples: 0, reason: reason('NO_STEP', {}), sql }
  const breakingPoint = findBreakingPoint(steps, !context.isWhole)
  const details: CapacityDetails = { steps, breakingPoint }
  return { samples: Math.round(samples), ...valueOf(breakingPoint, limit), details, sql }
}

// A step with too few requests for every objective is neither good nor bad.
function saysSomething({ measured, meetsObjectives }: MeasuredStep, { gates }: StepContext) {
  return gates.length === 0 || Object.keys(measured).length > 0 || !meetsObjectives
}

/** `measureValue` measures an objective in one step. */
type StepContext = MeasureContext & { measureValue: MeasureValue }

interface Counted {
  phase: string
  /** Of the whole run. */
  last_us: number
  achieved: number
}

// Up to a second after the last sample nothing may have happened, in a short step less.
function isWhole({ startUs, endUs }: TimedPhase, { last_us }: Counted): boolean {
  return last_us >= endUs - Math.min(1_000_000, (endUs - startUs) / 5)
}

async function measureStep(
  { name, startUs, endUs, target }: TimedPhase,
  { achieved }: Counted,
  context: StepContext,
): Promise<MeasuredStep> {
  const seconds = (endUs - startUs) / 1_000_000
  const step = { ...context, timeline: context.timeline.filter((phase) => phase.name === name) }
  const measured: Record<string, number> = {}
  const missed: string[] = []
  for (const { id, objective } of context.gates) {
    const { limit, level } = objective
    const { value, isMissed } = await context.measureValue({ ...objective, phases: [name] }, step)
    if (value !== undefined) measured[id] = value
    const isMiss = isMissed ?? (value !== undefined && !meets(value, limit))
    if (isMiss && level === 'required') missed.push(id)
  }
  return {
    name,
    offeredPerSecond: target,
    achievedPerSecond: achieved / seconds,
    meetsObjectives: missed.length === 0,
    missedObjectives: missed,
    measured,
  }
}

function valueOf(
  point: BreakingPoint,
  limit: Limit,
): Pick<Measurement, 'value' | 'reason' | 'isMissed'> {
  const { good, bad, badOnce } = point
  const found = capacityIs(point, { perSecond: limit.value, orMore: limit.operator === '>=' })
  if (found !== 'open' && good) return { value: good.offeredPerSecond }
  if (found === 'missed' && bad) {
    return { reason: reason('NO_SOUND_STEP', { bad: rate(bad.offeredPerSecond) }), isMissed: true }
  }
  const tried = bad ?? (badOnce && badOnce.offeredPerSecond >= limit.value ? badOnce : undefined)
  const ramp = narrowerRamp({ good, bad: tried })
  const data = { capacity: capacityText(point), limit: limit.text, ...ramp }
  return { reason: reason(tried ? 'CAPACITY_OPEN' : 'CAPACITY_ABOVE_RAMP', data) }
}

/**
 * `between 900/s (good) and 1,050/s (bad)`, `at least 2,250/s`, `at least 900/s (the last step, 1,050/s, was
 * bad)` or `below 150/s (bad)`.
 */
export function capacityText({ good, bad, badOnce }: BreakingPoint): string {
  if (good && bad) {
    return `between ${rate(good.offeredPerSecond)} (good) and ${rate(bad.offeredPerSecond)} (bad)`
  }
  if (bad) return `below ${rate(bad.offeredPerSecond)} (bad)`
  const last = badOnce ? ` (the last step, ${rate(badOnce.offeredPerSecond)}, was bad)` : ''
  return good ? `at least ${rate(good.offeredPerSecond)}${last}` : `unknown${last}`
}

/** What broke: `only 920/s of the load was achieved, latency-p95 was missed`. */
export function breakText(bad: NonNullable<BreakingPoint['bad']>): string {
  return [
    ...(bad.fellShort
      ? [`only ${rate(bad.servedPerSecond ?? bad.achievedPerSecond)} of the load was achieved`]
      : []),
    ...bad.missedObjectives.map((id) => `${id} was missed`),
  ].join(', ')
}

function rate(perSecond: number): string {
  return formatMeasure(perSecond, '/s')
}
