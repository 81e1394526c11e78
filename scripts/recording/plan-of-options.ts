// Pure. What a script of anybody's is going to do, by what k6 reads of it: the load of its scenarios together.
import type { Options, Scenario } from 'k6/options'
import { parseDuration } from '../../lib/duration.ts'
import type { LoadModel, RunPlan } from '../../lib/plan.ts'

/** Of k6, where a scenario says none. */
const DEFAULT = { gracefulStop: 30, maxDuration: 600, requestTimeout: 60 }

/** Users or iterations per second at a moment; between two it changes evenly. */
interface Point {
  seconds: number
  target: number
}

interface Load {
  model: LoadModel
  points: Point[]
}

/**
 * The plan of a script without one: a single phase, `load`. Its endpoints are what it has called.
 *
 * @returns undefined where k6's executors do not say what the load is to be
 */
export function planOfOptions(
  options: Options,
  { workload, endpoints }: Pick<RunPlan, 'workload' | 'endpoints'>,
): RunPlan | undefined {
  const scenarios = Object.entries(options.scenarios ?? { default: shorthand(options) })
  const loads = scenarios.map(([, scenario]) => loadOf(scenario as Record<string, unknown>))
  const [first] = loads
  if (!first || loads.some((load) => load?.model !== first.model)) return undefined
  const all = loads.flatMap((load) => (load ? [load.points] : []))
  const durationSeconds = Math.max(...all.flat().map(({ seconds }) => seconds))
  const moments = [...new Set(all.flat().map(({ seconds }) => seconds))].sort((a, b) => a - b)
  const via = moments.flatMap((seconds) => [-1, 1].map((side) => sumAt(all, seconds, side)))
  const target = Math.max(...via.map((point) => point.target))
  return {
    workload,
    profiles: [],
    model: first.model,
    target,
    phases: [{ name: 'load', startSeconds: 0, endSeconds: durationSeconds, target, via }],
    durationSeconds,
    parts: scenarios.map(([name]) => ({ name, weight: 1 })),
    regions: [],
    operations: [],
    operationShares: {},
    endpoints,
    optionalEndpoints: endpoints,
    followsRedirects: false,
    judges: 'all',
    thinkSeconds: 0,
    requestTimeoutSeconds: DEFAULT.requestTimeout,
    gracefulStopSeconds: DEFAULT.gracefulStop,
  }
}

/** Iterations of a script that counts them instead of the time; undefined of any other. */
export function plannedIterations(options: Options): number | undefined {
  const scenarios = Object.values(options.scenarios ?? { default: shorthand(options) })
  const counts = scenarios.map((scenario) => {
    const { executor, vus = 1, iterations = 1 } = scenario as unknown as Record<string, unknown>
    if (executor === 'shared-iterations') return Number(iterations)
    return executor === 'per-vu-iterations' ? Number(vus) * Number(iterations) : NaN
  })
  const all = counts.reduce((sum, each) => sum + each, 0)
  return Number.isNaN(all) ? undefined : all
}

function shorthand({ stages, iterations, vus = 1, duration }: Options): object {
  if (stages) return { executor: 'ramping-vus', startVUs: vus, stages }
  if (iterations !== undefined || duration === undefined) {
    return { executor: 'shared-iterations', vus, iterations, maxDuration: duration }
  }
  return { executor: 'constant-vus', vus, duration }
}

function loadOf(scenario: Record<string, unknown>): Load | undefined {
  const { executor, startTime, vus = 1, duration, maxDuration, rate, timeUnit = '1s' } = scenario
  const from = startTime === undefined ? 0 : secondsOf(startTime)
  const perSecond = (amount: unknown): number => Number(amount) / secondsOf(timeUnit)
  const constant = (target: number, length: number): Point[] => [
    { seconds: from, target },
    { seconds: from + length, target },
  ]
  switch (executor as Scenario['executor']) {
    case 'constant-vus':
      return { model: 'closed', points: constant(Number(vus), secondsOf(duration)) }
    case 'ramping-vus':
      return {
        model: 'closed',
        points: course(scenario, { from, first: scenario['startVUs'] ?? 1 }),
      }
    case 'constant-arrival-rate':
      return { model: 'open', points: constant(perSecond(rate), secondsOf(duration)) }
    case 'ramping-arrival-rate': {
      const points = course(scenario, { from, first: scenario['startRate'] ?? 0 })
      const rates = points.map(({ seconds, target }) => ({ seconds, target: perSecond(target) }))
      return { model: 'open', points: rates }
    }
    case 'shared-iterations':
    case 'per-vu-iterations': {
      const longest = maxDuration === undefined ? DEFAULT.maxDuration : secondsOf(maxDuration)
      return { model: 'once', points: constant(Number(vus), longest) }
    }
    default:
      return undefined
  }
}

function course(
  { stages }: Record<string, unknown>,
  { from, first }: { from: number; first: unknown },
): Point[] {
  const points: Point[] = [{ seconds: from, target: Number(first) }]
  let seconds = from
  for (const { duration, target } of stages as { duration: string; target: number }[]) {
    seconds += secondsOf(duration)
    points.push({ seconds, target })
  }
  return points
}

function secondsOf(duration: unknown): number {
  // k6 takes a bare number for milliseconds.
  return typeof duration === 'number' ? duration / 1_000 : parseDuration(String(duration))
}

// Just before a moment (side -1) or just after it: a scenario begins and ends with a jump.
function sumAt(loads: readonly (readonly Point[])[], seconds: number, side: number): Point {
  const target = loads.reduce((sum, points) => sum + targetAt(points, seconds, side), 0)
  return { seconds, target }
}

function targetAt(points: readonly Point[], seconds: number, side: number): number {
  const pairs = points.slice(1).map((to, index) => [points[index] ?? to, to] as const)
  const isIn = ([from, to]: readonly [Point, Point]): boolean =>
    side < 0
      ? from.seconds < seconds && seconds <= to.seconds
      : from.seconds <= seconds && seconds < to.seconds
  const found = pairs.find(isIn)
  if (!found) return 0
  const [from, to] = found
  const part = (seconds - from.seconds) / (to.seconds - from.seconds)
  return from.target + part * (to.target - from.target)
}
