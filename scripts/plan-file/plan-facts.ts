// What a plan will do, worked out as k6 will: phases, shares, endpoints.
import { buildPlan } from '../../lib/build-plan.ts'
import type { Endpoint } from '../../lib/endpoint.ts'
import { SettingsError } from '../../lib/phases.ts'
import { isJudged, type RunPlan } from '../../lib/plan.ts'
import { loadOfPlan, shapeOf, thinkTimeOf } from '../../lib/plan-file/load-of-plan.ts'
import type {
  Plan,
  PlanLoad,
  PlanOperation,
  PlanRequest,
  PlanStep,
} from '../../lib/plan-file/plan-file.ts'
import { DEFAULT_SETTINGS } from '../../lib/run-settings.ts'
import type { Workload } from '../../lib/workload.ts'
import type { Place } from '../data-file/data-file.ts'
import { parseDuration } from '../../lib/duration.ts'
import { endpointName } from './check-operations.ts'
import type { PlanProblem } from './plan-problem.ts'

/** One load of a plan, and where the plan says it. */
export interface PlannedLoad {
  at: Place
  profile: string | undefined
  run: RunPlan
}

/** Every load of a plan, or what makes one impossible. */
export function planFacts(plan: Plan): { loads: PlannedLoad[]; problems: PlanProblem[] } {
  const loads: PlannedLoad[] = []
  const problems: PlanProblem[] = []
  for (const profile of plan.profiles ? Object.keys(plan.profiles) : [undefined]) {
    const at = profile === undefined ? ['load'] : ['profiles', profile]
    try {
      loads.push({ at, profile, run: factsOf(plan, profile) })
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error
      const hint = `${error.message}.`
      problems.push({ at, expected: 'a load that can be made', found: 'another one', hint })
    }
  }
  return { loads, problems }
}

function factsOf(plan: Plan, profile: string | undefined): RunPlan {
  const definition = { workload: shapeOfWorkload(plan), ...loadOfPlan(plan) }
  const settings = {
    ...DEFAULT_SETTINGS,
    scenario: plan.name,
    ...(profile !== undefined && { profile }),
  }
  return buildPlan(definition, settings, endpointsOf(plan)).plan
}

// Of an existing workload only k6 knows the operations.
function shapeOfWorkload({ name, thinkTime, operations = {} }: Plan): Workload {
  const weights = Object.entries(operations).map(([each, { weight = 1 }]) => {
    return [each, { weight, run: () => undefined }] as const
  })
  return {
    name,
    auth: { authenticator: () => ({ headers: {}, renewAtMs: Infinity }) as never },
    thinkTime: thinkTimeOf(thinkTime),
    operations: Object.fromEntries(weights),
  }
}

/** Requests of a plan's steps, each endpoint once. */
function endpointsOf({ operations = {} }: Plan): Endpoint[] {
  const steps: PlanStep[] = Object.values(operations).flatMap((operation) => operation.steps)
  const requests = steps.flatMap((step) => ('pause' in step ? [] : [step]))
  const named = requests.map((step) => [endpointName(step), step] as const)
  return [...new Map(named)].map(([name, { redirects }]) => ({
    ...{ name, method: '', path: '' },
    ...(redirects !== undefined && { redirects }),
  }))
}

/** How long a response is assumed to take. */
export const RESPONSE_SECONDS = 0.1

/** Which samples an objective is of. */
export interface Selected {
  phases?: readonly string[] | undefined
  where?: Record<string, string> | undefined
  /** It measures operations, not requests. */
  ofOperations: boolean
}

/** Requests of an operation, pauses apart. */
export function requestsOf({ steps }: PlanOperation): PlanRequest[] {
  return steps.flatMap((step) => ('pause' in step ? [] : [step]))
}

/** Seconds of pauses within an operation. */
export function pausesOf({ steps }: PlanOperation): number {
  return steps.reduce((sum, step) => sum + ('pause' in step ? parseDuration(step.pause) : 0), 0)
}

/** How many samples the objective will have of a load. */
export function expectedSamples(plan: Plan, load: PlannedLoad, selected: Selected): number {
  const { operations = {} } = plan
  const { operationShares } = load.run
  const iterations = iterationsIn(plan, load, selected.phases)
  const { endpoint, operation } = selected.where ?? {}
  return Object.entries(operations)
    .filter(([name]) => operation === undefined || operation === name)
    .reduce((sum, [name, each]) => {
      const requests = requestsOf(each).filter((step) => {
        return endpoint === undefined || endpointName(step) === endpoint
      })
      const count = selected.ofOperations ? 1 : requests.length
      return sum + iterations * (operationShares[name] ?? 0) * count
    }, 0)
}

function iterationsIn(plan: Plan, load: PlannedLoad, phases: Selected['phases']): number {
  const { run, profile } = load
  const counted = profile === undefined ? plan.load : plan.profiles?.[profile]
  if (counted?.shape === 'iterationsPerUser') return counted.users * counted.iterations
  if (run.model === 'once') return run.operations.length
  const isOf = (phase: string): boolean => phases?.includes(phase) ?? isJudged(phase)
  const said = (profile === undefined ? plan.load : plan.profiles?.[profile]) as PlanLoad
  const { start, steps } = shapeOf(said)
  let from = start
  const area = steps.reduce((sum, { phase, duration, target }) => {
    const part = ((from + target) / 2) * parseDuration(duration)
    from = target
    return isOf(phase) ? sum + part : sum
  }, 0)
  return run.model === 'open' ? area : area / (secondsOf(plan, load) + run.thinkSeconds)
}

// Of an iteration, on average.
function secondsOf({ operations = {} }: Plan, { run }: PlannedLoad): number {
  return Object.entries(operations).reduce((sum, [name, each]) => {
    const seconds = pausesOf(each) + requestsOf(each).length * RESPONSE_SECONDS
    return sum + (run.operationShares[name] ?? 0) * seconds
  }, 0)
}
