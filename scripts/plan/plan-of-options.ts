// Pure. What a script of anybody's is going to do, by what k6 reads of it: the load of its scenarios together.
import type { Options } from 'k6/options'
import type { LoadModel, RunPlan, ScenarioLoad } from '../../lib/plan.ts'
import { phasesOfCourse, sumOfCourses, wholePhase } from './phases-of-course.ts'
import { type LoadCourse, loadCourse, secondsOf } from './scenario-load.ts'
import { type AnyScenario, scenariosOf } from './k6-options.ts'

/** Of k6, where a scenario says none. */
const DEFAULT = { gracefulStop: 30, requestTimeout: 60 }

/**
 * The plan of a script without one. Its endpoints are what it has called.
 *
 * @returns undefined where k6's executors do not say what the load is to be
 */
export function planOfOptions(
  options: Options,
  { workload, endpoints }: Pick<RunPlan, 'workload' | 'endpoints'>,
): RunPlan | undefined {
  const scenarios = scenariosOf(options)
  const courses = Object.entries(scenarios).flatMap(([name, each]) => loadCourse(name, each) ?? [])
  if (courses.length < Object.keys(scenarios).length) return undefined
  const { model, drawn } = modelOf(courses)
  const via = sumOfCourses(drawn.map(({ points }) => points))
  const durationSeconds = Math.max(...courses.map(({ endSeconds }) => endSeconds))
  return {
    workload,
    profiles: [],
    model,
    target: Math.max(...via.map((point) => point.target)),
    phases:
      model === 'mixed' ? [wholePhase(via, durationSeconds)] : phasesOfCourse(via, durationSeconds),
    durationSeconds,
    parts: courses.map(({ name }) => ({ name, weight: 1 })),
    regions: [],
    operations: [],
    operationShares: {},
    endpoints,
    optionalEndpoints: endpoints,
    followsRedirects: false,
    judges: 'all',
    thinkSeconds: 0,
    requestTimeoutSeconds: DEFAULT.requestTimeout,
    gracefulStopSeconds: Math.max(...Object.values(scenarios).map(gracefulSeconds)),
    script: courses.map(withoutPoints),
  }
}

// Users and rates are no sum: where both are at work, the timeline is that of the rates.
function modelOf(courses: readonly LoadCourse[]): { model: LoadModel; drawn: LoadCourse[] } {
  const of = (model: LoadModel): LoadCourse[] => courses.filter((each) => each.model === model)
  const [open, closed, once] = [of('open'), of('closed'), of('once')]
  const kinds = [open, closed, once].filter((each) => each.length > 0)
  const [first = [], ...others] = kinds
  if (others.length === 0) return { model: first[0]?.model ?? 'once', drawn: first }
  return { model: 'mixed', drawn: open.length > 0 ? open : closed }
}

function gracefulSeconds({ gracefulStop }: AnyScenario): number {
  return (gracefulStop ?? undefined) === undefined ? DEFAULT.gracefulStop : secondsOf(gracefulStop)
}

function withoutPoints(course: LoadCourse): ScenarioLoad {
  const { name, model, target, startSeconds, endSeconds, iterations } = course
  const counted = iterations === undefined ? {} : { iterations }
  return { name, model, target, startSeconds, endSeconds, ...counted }
}

/** Iterations of a script that counts them instead of the time; undefined of any other. */
export function plannedIterations(options: Options): number | undefined {
  const courses = Object.entries(scenariosOf(options)).map(([name, each]) => loadCourse(name, each))
  const counts = courses.map((course) => {
    return course?.model === 'once' ? (course.iterations ?? NaN) : NaN
  })
  const all = counts.reduce((sum, each) => sum + each, 0)
  return Number.isNaN(all) ? undefined : all
}
