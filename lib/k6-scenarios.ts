// Pure: read by k6 and by Node. Load shape + regions or operations -> k6's own scenario objects.
import type { Scenario } from 'k6/options'
import { formatDuration, parseDuration } from './duration.ts'
import type { LoadShape } from './load-shapes.ts'
import { peakTarget } from './phases.ts'
import type { Part } from './plan.ts'
import { divideExactly, greatestCommonDivisor } from './shares.ts'
import type { Waits } from './waits.ts'

/** A region of a distributed test. */
export interface Region {
  /** Part of the users, relative to the other regions. */
  share: number
  /** Grafana Cloud k6 load zone, e.g. `amazon:ie:dublin`. */
  loadZone: string
}

/** k6 scenarios by name: the shape's load divided over the parts, exactly. */
export const k6Scenarios = (
  shape: LoadShape,
  parts: readonly Part[],
  waits: Waits,
): Record<string, Scenario> => {
  const gracefulStop = formatDuration(waits.gracefulStopSeconds)
  const gracefulRampDown = formatDuration(waits.gracefulRampDownSeconds)
  return Object.fromEntries(
    parts.map((part, index) => [
      part.name,
      {
        ...(isRamped(shape)
          ? { ...rampingVus(shape, parts, index), gracefulRampDown }
          : executorOf(shape, parts, index)),
        gracefulStop,
        ...(part.region && { tags: { region: part.region } }),
      },
    ]),
  )
}

/** One user, so many iterations, then the end; `plannedSeconds` is the latest end. */
export const oneUser = (
  name: string,
  shape: LoadShape,
  { iterations, waits }: { iterations: number; waits: Waits },
): Record<string, Scenario> => {
  const maxDuration = formatDuration(plannedSeconds(shape))
  const gracefulStop = formatDuration(waits.gracefulStopSeconds)
  return {
    [name]: { executor: 'per-vu-iterations', vus: 1, iterations, maxDuration, gracefulStop },
  }
}

/** The given k6 scenarios, with a browser: k6 starts a new one for each iteration of a VU. */
export const inBrowser = (scenarios: Record<string, Scenario>): Record<string, Scenario> => {
  const options = { browser: { type: 'chromium' } }
  return Object.fromEntries(
    Object.entries(scenarios).map(([name, scenario]) => [name, { ...scenario, options }]),
  )
}

const isRamped = ({ model, iterationsPerUser }: LoadShape): boolean =>
  model !== 'open' && iterationsPerUser === undefined

const executorOf = (shape: LoadShape, parts: readonly Part[], index: number): Scenario =>
  shape.model === 'open' ? arrivalRate(shape, parts, index) : countedIterations(shape, parts, index)

const countedIterations = (shape: LoadShape, parts: readonly Part[], index: number): Scenario => ({
  executor: 'per-vu-iterations',
  vus: usersOfPart(shape.start, parts, index),
  iterations: shape.iterationsPerUser ?? 1,
  maxDuration: formatDuration(plannedSeconds(shape)),
})

const usersOfPart = (users: number, parts: readonly Part[], index: number): number => {
  const weights = parts.map(({ weight }) => weight)
  return divideExactly(users, weights)[index] ?? 0
}

const rampingVus = (shape: LoadShape, parts: readonly Part[], index: number): Scenario => {
  const mine = (users: number): number => usersOfPart(users, parts, index)
  return {
    executor: 'ramping-vus',
    startVUs: mine(shape.start),
    stages: shape.steps.map(({ duration, target }) => ({ duration, target: mine(target) })),
  }
}

/** At a low rate the pool would be so small that one slow answer drops the next iteration. */
const USERS_MIN = 50

// k6 takes whole rates only, so a part's rate is written over as many seconds as make it whole:
// 10.5 per second is 21 per 2 s.
const arrivalRate = (shape: LoadShape, parts: readonly Part[], index: number): Scenario => {
  const total = parts.reduce((sum, { weight }) => sum + weight, 0)
  const weight = parts[index]?.weight ?? 0
  const targets = [shape.start, ...shape.steps.map(({ target }) => target)]
  const divisor = greatestCommonDivisor([total, ...targets.map((target) => target * weight)])
  const rate = (target: number): number => (target * weight) / divisor
  const users = poolUsers(shape, weight / total)
  return {
    executor: 'ramping-arrival-rate',
    startRate: rate(shape.start),
    timeUnit: formatDuration(total / divisor),
    preAllocatedVUs: users,
    maxVUs: users,
    stages: shape.steps.map(({ duration, target }) => ({ duration, target: rate(target) })),
  }
}

// Little's law: a rate times the time an iteration takes is the number of users at work.
const poolUsers = (shape: LoadShape, share: number): number => {
  if (shape.poolUsers !== undefined) return Math.max(1, Math.ceil(shape.poolUsers * share))
  return Math.max(USERS_MIN, Math.ceil(peakTarget(shape) * share * (shape.iterationSeconds ?? 1)))
}

/** Seconds from the first iteration to the last planned one. */
export const plannedSeconds = (shape: LoadShape): number => {
  return shape.steps.reduce((sum, { duration }) => sum + parseDuration(duration), 0)
}
