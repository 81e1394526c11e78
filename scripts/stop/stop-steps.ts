import type { Phase } from '../../lib/plan.ts'
import type { LiveRow } from '../samples/live-row.ts'
import { secondOf } from '../samples/sliding-window.ts'
import type { CompiledObjective } from '../sla/compiled.ts'
import { meets } from '../core/limit.ts'
import { STEP_PHASE } from '../indicators/from-samples/measure-capacity.ts'
import { isBroken, type LoadStep } from '../statistics/breaking-point.ts'
import { recordOf } from '../indicators/indicators.ts'
import type { LiveMeasure } from '../indicators/live/live-measure.ts'
import type { StopReason } from './stop-rule.ts'
import {
  createSelection,
  type LiveSelection,
  type SelectionContext,
  type StopRules,
} from './stop-rules.ts'

/** One step of the ramp while it runs. */
interface LiveStep {
  phase: Phase
  iterations: number
  gates: {
    id: string
    limit: CompiledObjective['objective']['limit']
    measure: LiveMeasure
    selection: LiveSelection
  }[]
}

export interface StepStopInput extends SelectionContext {
  /** Objectives that each step is judged by. */
  gates: readonly CompiledObjective[]
}

/** As in stop-rules: what is recorded up to this much later belongs to the step. */
const LATENESS_US = 1_000_000

const ITERATIONS = 'iterations'

/**
 * Ends a run in steps once it has shown where the target breaks: two steps in a row fell short of the
 * load, or missed an objective. The final numbers come from the sample file; this only saves the time
 * in which nothing more can be learnt.
 */
export function createStepStop({ gates, ...context }: StepStopInput): StopRules {
  const waiting = context.phases
    .filter(({ name }) => STEP_PHASE.test(name))
    .map((phase) => liveStep(phase, gates, context))
  const metrics = new Set(
    waiting.flatMap((step) => step.gates.map(({ measure }) => measure.metric)),
  )
  if (waiting.length > 0) for (const metric of [ITERATIONS, 'vus']) metrics.add(metric)
  const judged: LoadStep[] = []
  let fired: StopReason | undefined

  return {
    metrics,
    fired: () => fired,
    add(row) {
      const start = context.startUs()
      if (start === undefined) return
      const seconds = (row.endUs - start) / 1e6
      const ended = waiting.filter(
        ({ phase }) => phase.endSeconds * 1e6 + LATENESS_US < row.endUs - start,
      )
      for (const step of ended) {
        waiting.shift()
        judged.push(judgeStep(step, start))
        if (isBroken(judged)) fired ??= brokenReason(judged)
      }
      for (const step of waiting) addTo(step, row, seconds)
    },
  }
}

function liveStep(
  phase: Phase,
  gates: readonly CompiledObjective[],
  context: SelectionContext,
): LiveStep {
  // Seconds of the window are whole ones since 1970, so a step may touch one more than it is long.
  const windowSeconds = Math.ceil(phase.endSeconds - phase.startSeconds) + 2
  return {
    phase,
    iterations: 0,
    gates: gates.flatMap(({ id, objective }) => {
      const { indicator } = objective
      const measure = recordOf(indicator).live?.create(objective, windowSeconds)
      if (!measure || objective.level !== 'required') return []
      const selection = createSelection({ ...objective, phases: [phase.name] }, context)
      return [{ id, limit: objective.limit, measure, selection }]
    }),
  }
}

function addTo(step: LiveStep, row: LiveRow, seconds: number): void {
  const { startSeconds, endSeconds } = step.phase
  if (row.metric === ITERATIONS && seconds >= startSeconds && seconds < endSeconds) {
    step.iterations += row.value
  }
  for (const { measure, selection } of step.gates) {
    if (measure.metric === row.metric && selection.judges(row)) measure.add(row)
  }
}

function judgeStep({ phase, iterations, gates }: LiveStep, startUs: number): LoadStep {
  const lastSecond = secondOf(startUs + phase.endSeconds * 1e6) + 1
  const missed = gates.filter(({ limit, measure }) => {
    const value = measure.value(lastSecond)
    return value !== undefined && !meets(value, limit)
  })
  return {
    offeredPerSecond: phase.target,
    achievedPerSecond: iterations / (phase.endSeconds - phase.startSeconds),
    meetsObjectives: missed.length === 0,
    missedObjectives: missed.map(({ id }) => id),
  }
}

function brokenReason(steps: readonly LoadStep[]): StopReason {
  const last = steps.at(-1)
  const offered = last?.offeredPerSecond ?? 0
  const achieved = (last?.achievedPerSecond ?? 0).toFixed(0)
  const missed = [...new Set(steps.slice(-2).flatMap(({ missedObjectives }) => missedObjectives))]
  const why = missed.length > 0 ? `, ${missed.join(', ')} missed` : ''
  return {
    id: 'breakpoint',
    reason: `two steps in a row were too much: ${achieved} of ${offered} iterations/s${why}`,
    isResult: true,
  }
}
