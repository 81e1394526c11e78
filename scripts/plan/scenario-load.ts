// Pure. What one k6 scenario is going to do, by its executor.
import type { RunPlan, ScenarioLoad } from '../../lib/plan.ts'
import type { AnyScenario } from './k6-options.ts'

/** Where a scenario says none (k6 v2.2.0, lib/executor). */
const MAX_DURATION_SECONDS = 600

/** Users or iterations per second at a moment; between two it changes evenly. */
export interface Point {
  seconds: number
  target: number
}

/** The load of a scenario, and its course. */
export interface LoadCourse extends ScenarioLoad {
  points: Point[]
}

/** @returns undefined for an executor that k6 v2 does not have */
export function loadCourse(name: string, scenario: AnyScenario): LoadCourse | undefined {
  const startSeconds = secondsOf(scenario['startTime'])
  const shape = shapeOf(scenario, startSeconds)
  if (!shape) return undefined
  const { points } = shape
  const target = Math.max(...points.map((point) => point.target))
  const endSeconds = points.at(-1)?.seconds ?? startSeconds
  return { name, startSeconds, endSeconds, target, ...shape }
}

type Shape = Pick<LoadCourse, 'model' | 'points' | 'iterations'>

function shapeOf(scenario: AnyScenario, from: number): Shape | undefined {
  const { executor, vus, duration, rate, iterations, maxDuration, timeUnit } = scenario
  const users = amount(vus, 1)
  const perSecond = (count: unknown): number => amount(count, 0) / secondsOf(timeUnit ?? '1s')
  const flat = (target: number, length: number): Point[] => [
    { seconds: from, target },
    { seconds: from + length, target },
  ]
  switch (executor) {
    case 'constant-vus':
      return { model: 'closed', points: flat(users, secondsOf(duration)) }
    case 'ramping-vus':
      return { model: 'closed', points: ramp(scenario, from, amount(scenario['startVUs'], 1)) }
    case 'constant-arrival-rate':
      return openShape(flat(perSecond(rate), secondsOf(duration)))
    case 'ramping-arrival-rate': {
      const points = ramp(scenario, from, amount(scenario['startRate'], 0))
      return openShape(points.map((point) => ({ ...point, target: perSecond(point.target) })))
    }
    case 'shared-iterations':
    case 'per-vu-iterations': {
      const each = amount(iterations, 1)
      const all = executor === 'per-vu-iterations' ? users * each : each
      const longest = secondsOf(maxDuration ?? `${MAX_DURATION_SECONDS}s`)
      return { model: 'once', points: flat(users, longest), iterations: all }
    }
    default:
      return undefined
  }
}

function openShape(points: Point[]): Shape {
  const iterations = points.slice(1).reduce((sum, to, index) => {
    const from = points[index] ?? to
    return sum + ((from.target + to.target) / 2) * (to.seconds - from.seconds)
  }, 0)
  return { model: 'open', points, iterations }
}

function ramp({ stages }: AnyScenario, from: number, first: number): Point[] {
  const points: Point[] = [{ seconds: from, target: first }]
  let seconds = from
  for (const stage of (stages ?? []) as { duration: unknown; target: unknown }[]) {
    seconds += secondsOf(stage.duration)
    points.push({ seconds, target: amount(stage.target, 0) })
  }
  return points
}

function amount(value: unknown, otherwise: number): number {
  return value === undefined || value === null ? otherwise : Number(value)
}

/** As Go writes them. */
const UNIT_SECONDS: Record<string, number> = {
  ...{ d: 86_400, h: 3_600, m: 60, s: 1 },
  ...{ ms: 1e-3, us: 1e-6, µs: 1e-6, μs: 1e-6, ns: 1e-9 },
}

/** A time as k6 takes it: a bare number is milliseconds, and what is not set is 0. */
export function secondsOf(time: unknown): number {
  if (typeof time === 'number') return time / 1_000
  if (typeof time !== 'string') return 0
  if (/^\d+(\.\d+)?$/.test(time)) return Number(time) / 1_000
  const parts = time.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|μs|ms|[dhms])/g)
  return [...parts].reduce((sum, [, value, unit = 's']) => {
    return sum + Number(value) * (UNIT_SECONDS[unit] ?? 0)
  }, 0)
}

/** How many a run makes in all, of a script or of a scenario whose users make so many each; undefined for any other. */
export function plannedIterations(
  plan: Pick<RunPlan, 'script' | 'target' | 'iterationsPerUser'>,
): number | undefined {
  const { iterationsPerUser, target } = plan
  return iterationsPerUser === undefined ? countedIterations(plan) : target * iterationsPerUser
}

/** How many a script makes; undefined where a time says when the load ends, which two runs then have in common. */
export function countedIterations({ script = [] }: Pick<RunPlan, 'script'>): number | undefined {
  if (script.length === 0 || script.some(({ model }) => model !== 'once')) return undefined
  return script.reduce((sum, { iterations = 0 }) => sum + iterations, 0)
}
