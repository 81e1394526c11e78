// Pure. Another load for a script of the user's own, where its executors allow it.
import { formatDuration } from '../../lib/duration.ts'
import { loadNotEditable } from './errors.ts'
import { loadCourse, secondsOf } from '../plan/scenario-load.ts'
import type { AnyScenario } from '../plan/k6-options.ts'

/** What of a load is to be another. */
export interface LoadEdit {
  smoke?: boolean
  users?: number | undefined
  rate?: number | undefined
  duration?: string | undefined
  timeScale?: number | undefined
}

type Scenarios = Record<string, AnyScenario>

/** Whether there is something to change. */
export function isEdit({ smoke = false, users, rate, duration, timeScale }: LoadEdit): boolean {
  return smoke || [users, rate, duration, timeScale].some((each) => each !== undefined)
}

/**
 * The scenarios with another load.
 *
 * @throws ToolkitError `K6V_LOAD_NOT_EDITABLE` where no executor of them has what is to be changed
 */
export function editedLoad(scenarios: Scenarios, edit: LoadEdit): Scenarios {
  const { smoke = false, users, rate, duration, timeScale } = edit
  if (smoke) return eachOf(scenarios, once)
  let edited = scenarios
  if (users !== undefined) edited = withUsers(edited, users)
  if (rate !== undefined) edited = withRate(edited, rate)
  if (duration !== undefined) edited = withDuration(edited, duration)
  if (timeScale !== undefined) edited = withTimeScale(edited, timeScale)
  return edited
}

function eachOf(scenarios: Scenarios, change: (scenario: AnyScenario) => AnyScenario): Scenarios {
  return Object.fromEntries(Object.entries(scenarios).map(([name, each]) => [name, change(each)]))
}

const KEPT = ['exec', 'env', 'tags', 'options', 'gracefulStop']

function once(scenario: AnyScenario): AnyScenario {
  const kept = Object.entries(scenario).filter(([key]) => KEPT.includes(key))
  return { ...Object.fromEntries(kept), executor: 'per-vu-iterations', vus: 1, iterations: 1 }
}

function peakOf(scenarios: Scenarios, models: readonly string[]): number {
  return Object.entries(scenarios).reduce((sum, [name, each]) => {
    const course = loadCourse(name, each)
    return course && models.includes(course.model) ? sum + course.target : sum
  }, 0)
}

function withUsers(scenarios: Scenarios, users: number): Scenarios {
  const peak = peakOf(scenarios, ['closed', 'once'])
  if (peak === 0)
    throw loadNotEditable('--users', 'it has rates and no users; --rate changes those')
  const scaled = (value: unknown): number =>
    Math.max(1, Math.round((Number(value ?? 1) * users) / peak))
  const orNone = (value: unknown): number => (Number(value) === 0 ? 0 : scaled(value))
  return eachOf(scenarios, (scenario) => {
    const { executor, vus, startVUs, iterations } = scenario
    if (executor === 'ramping-vus') {
      return { ...scenario, startVUs: orNone(startVUs ?? 1), stages: targets(scenario, orNone) }
    }
    if (executor === 'shared-iterations') {
      return { ...scenario, vus: Math.min(scaled(vus), Number(iterations ?? 1)) }
    }
    const hasUsers = executor === 'constant-vus' || executor === 'per-vu-iterations'
    return hasUsers ? { ...scenario, vus: scaled(vus) } : scenario
  })
}

function withRate(scenarios: Scenarios, rate: number): Scenarios {
  const peak = peakOf(scenarios, ['open'])
  if (peak === 0)
    throw loadNotEditable('--rate', 'it has users and no rates; --users changes those')
  // k6 takes whole numbers only: in an hour they are fine enough.
  const perHour = (value: unknown, timeUnit: unknown): number =>
    Math.round((Number(value ?? 0) * 3_600 * rate) / (peak * secondsOf(timeUnit ?? '1s')))
  return eachOf(scenarios, (scenario) => {
    const { executor, timeUnit, startRate } = scenario
    if (executor === 'constant-arrival-rate') {
      return { ...scenario, rate: perHour(scenario['rate'], timeUnit), timeUnit: '1h' }
    }
    if (executor !== 'ramping-arrival-rate') return scenario
    const stages = targets(scenario, (target) => perHour(target, timeUnit))
    return { ...scenario, startRate: perHour(startRate, timeUnit), stages, timeUnit: '1h' }
  })
}

interface Stage {
  duration: unknown
  target: unknown
}

function stagesOf({ stages }: AnyScenario): Stage[] {
  return (stages ?? []) as Stage[]
}

function targets(scenario: AnyScenario, scaled: (target: unknown) => number): Stage[] {
  return stagesOf(scenario).map((stage) => ({ ...stage, target: scaled(stage.target) }))
}

// Each stage at the peak is held so long; what leads there keeps its time.
function withDuration(scenarios: Scenarios, duration: string): Scenarios {
  const isHeld = Object.values(scenarios).some(
    (each) => isConstant(each) || holdsOf(each).includes(true),
  )
  if (!isHeld) throw loadNotEditable('--duration', 'no scenario of it holds its load for a time')
  return eachOf(scenarios, (scenario) => {
    if (isConstant(scenario)) return { ...scenario, duration }
    const holds = holdsOf(scenario)
    const stages = stagesOf(scenario).map((stage, index) => {
      return holds[index] ? { ...stage, duration } : stage
    })
    return stages.length > 0 ? { ...scenario, stages } : scenario
  })
}

function isConstant({ executor }: AnyScenario): boolean {
  return executor.startsWith('constant')
}

/** Of each stage, whether it is at the peak from its start to its end. */
function holdsOf(scenario: AnyScenario): boolean[] {
  const ends = stagesOf(scenario).map(({ target }) => Number(target))
  const peak = Math.max(...ends)
  return ends.map((end, index) => {
    return end === peak && (index === 0 ? firstOf(scenario) : ends[index - 1]) === peak
  })
}

function firstOf({ executor, startVUs, startRate }: AnyScenario): number {
  return Number(executor === 'ramping-vus' ? (startVUs ?? 1) : (startRate ?? 0))
}

const TIMES = ['startTime', 'duration']

function withTimeScale(scenarios: Scenarios, factor: number): Scenarios {
  const isTimed = Object.values(scenarios).some(({ executor }) => !executor.endsWith('iterations'))
  if (!isTimed) {
    throw loadNotEditable('--time-scale', 'it counts iterations, which take as long as they take')
  }
  const scaled = (time: unknown): string => formatDuration(secondsOf(time) * factor)
  return eachOf(scenarios, (scenario) => {
    const times = TIMES.filter((key) => scenario[key] !== undefined)
    const stages = stagesOf(scenario).map((stage) => ({
      ...stage,
      duration: scaled(stage.duration),
    }))
    return {
      ...scenario,
      ...Object.fromEntries(times.map((key) => [key, scaled(scenario[key])])),
      ...(stages.length > 0 && { stages }),
    }
  })
}
