// Pure: read by k6 and by Node. Turns the load of a plan file into that of a scenario file.
import type { ScenarioDefinition } from '../build-plan.ts'
import { parseDuration } from '../duration.ts'
import {
  constantRate,
  constantUsers,
  everyOperationOnce,
  halfThenAll,
  iterationsPerUser,
  type LoadShape,
  spikes,
  stagedUsers,
  steppedRate,
} from '../load-shapes.ts'
import type { ThinkTime } from '../think-time.ts'
import type { Plan, PlanLoad, PlanPhases, PlanThinkTime } from './plan-file.ts'

/** The scenario definition, except for its workload. */
export const loadOfPlan = (plan: Plan): Omit<ScenarioDefinition, 'workload'> => {
  const { load, profiles = {}, scenarioPerOperation = false } = plan
  const [first] = load ? [load] : Object.values(profiles)
  const named = Object.entries(profiles).map(([name, each]) => [name, shapeOf(each)] as const)
  return {
    shape: load ? shapeOf(load) : Object.fromEntries(named),
    scenarioPerOperation,
    judges: judgedOf(first),
  }
}

/** Steps of rates are judged one by one, and a single pass says whether requests work, not how fast. */
export const judgedOf = (load: PlanLoad | undefined): 'all' | 'ratios' | 'steps' => {
  if (load?.shape === 'steppedRate') return 'steps'
  return load?.shape === 'everyOperationOnce' ? 'ratios' : 'all'
}

/** The load shape that a plan names, with its numbers. */
export const shapeOf = (load: PlanLoad): LoadShape => {
  switch (load.shape) {
    case 'stagedUsers':
      return stagedUsers(load)
    case 'constantUsers':
      return constantUsers(load)
    case 'halfThenAll':
      return halfThenAll(load)
    case 'spikes':
      return spikes(load)
    case 'constantRate':
      return constantRate(load)
    case 'steppedRate':
      return steppedRate(load)
    case 'everyOperationOnce':
      return everyOperationOnce(load)
    case 'iterationsPerUser':
      return iterationsPerUser(load)
    case 'phases':
      return shapeOfPhases(load)
  }
}

const shapeOfPhases = ({ model, start = 0, phases, iterationSeconds }: PlanPhases): LoadShape => ({
  model,
  start,
  steps: phases,
  ...(iterationSeconds !== undefined && { iterationSeconds }),
})

/** A plan's think time in seconds; none by default. */
export const thinkTimeOf = (time: PlanThinkTime = '0s'): ThinkTime => {
  if (typeof time === 'string') return { seconds: parseDuration(time) }
  if ('min' in time)
    return { minSeconds: parseDuration(time.min), maxSeconds: parseDuration(time.max) }
  return { medianSeconds: parseDuration(time.median), p95Seconds: parseDuration(time.p95) }
}
