// What a plan will send, estimated: nobody knows before the run how fast the target answers.
import { parseDuration } from '../../lib/duration.ts'
import { isJudged } from '../../lib/plan.ts'
import { shapeOf } from '../../lib/plan-file/load-of-plan.ts'
import type { Plan, PlanLoad, PlanOperation, PlanRequest } from '../../lib/plan-file/plan-file.ts'
import { endpointName } from './check-operations.ts'
import type { PlannedLoad } from './plan-facts.ts'

/** What a response is taken to last. */
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

/** Seconds that an operation rests within itself. */
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
