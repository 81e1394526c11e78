// What a plan will do, worked out as k6 will: phases, shares, endpoints.
import { buildPlan } from '../../lib/build-plan.ts'
import type { Endpoint } from '../../lib/endpoint.ts'
import { SettingsError } from '../../lib/phases.ts'
import type { RunPlan } from '../../lib/plan.ts'
import { loadOfPlan, thinkTimeOf } from '../../lib/plan-file/load-of-plan.ts'
import type { Plan, PlanStep } from '../../lib/plan-file/plan-file.ts'
import { DEFAULT_SETTINGS } from '../../lib/run-settings.ts'
import type { Workload } from '../../lib/workload.ts'
import { endpointName } from './check-operations.ts'
import type { Place } from '../data-file/data-file.ts'
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
