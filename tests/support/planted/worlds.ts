// Worlds that causes are planted into, and how they are simulated.
import { createRandom, mixSeed, pick } from '../../../lib/random.ts'
import type { RunPlan } from '../../../lib/plan.ts'
import type { CauseCode } from '../../../scripts/verdict/why/cause.ts'
import type { Effects, Endpoint } from './effects.ts'
import { planOf, type SimulationInput } from './simulated-run.ts'

/** What differs from run to run besides the cause. */
export interface World {
  endpoints: Endpoint[]
  regions: string[]
  users: number
  thinkSeconds: number
  sigma: number
  secondSigma: number
  /** How much of a second's noise the next one keeps. */
  rho: number
  /** What each region adds by its distance, milliseconds. */
  regionMs: Record<string, number>
  /** Share of the seconds in which the machine, or k6's garbage collection, is busy without any harm. */
  innocentShare: number
  /** Of the time at full load. */
  holdSeconds: number
  random: () => number
}

export interface Planted {
  effects: Effects
  plan?: RunPlan
  /** What the sentence has to name besides the code. */
  names?: string
}

/** A kind of cause. */
export interface PlantedCause {
  id: string
  codes: CauseCode[]
  /** SLA objectives to judge by, in place of latencies and failures. */
  objective?: (limits: Limits) => Record<string, unknown> | Record<string, unknown>[]
  plant: (world: World, strength: 0 | 1 | 2) => Planted
}

/** Of the world without the cause. */
export interface Limits {
  p95Ms: number
  p99Ms: number
  perSecond: number
}

export const STRENGTHS = [0, 1, 2] as const

const ENDPOINTS = [
  'POST /v1/orders',
  'GET /v1/orders/{id}',
  'GET /v1/search',
  'POST /v1/batch',
  'GET /v1/users/me',
  'DELETE /v1/cart',
  'PUT /v1/cart',
  'GET /v1/prices',
]

/**
 * A world by its seed. `held-out` ones have other rates, sizes, lengths and noise; in `rough` ones, which
 * no number was chosen by, endpoints differ tenfold, noise lasts, regions are far apart, and the machine
 * is busy now and then without any harm.
 */
export type WorldKind = 'usual' | 'held-out' | 'rough'

const KINDS: readonly WorldKind[] = ['usual', 'held-out', 'rough']

export function worldOf(seed: number, kind: WorldKind): World {
  const random = createRandom(mixSeed(seed, KINDS.indexOf(kind) + 1))
  const between = (low: number, high: number): number => low + (high - low) * random()
  const isUsual = kind === 'usual'
  const isRough = kind === 'rough'
  const count = isUsual ? 5 : 3 + Math.floor(random() * 5)
  const shares = Array.from({ length: count }, () => between(0.6, 1.4))
  const all = shares.reduce((sum, share) => sum + share, 0)
  const regions = isUsual
    ? ['us-east', 'eu-west', 'ap-south']
    : pick(random, [
        ['us-east', 'eu-west'],
        ['a', 'b', 'c', 'd'],
      ])
  const medianMs = (): number => {
    if (isRough) return Math.exp(between(Math.log(15), Math.log(150)))
    return isUsual ? between(40, 70) : between(25, 90)
  }
  return {
    endpoints: shares.map((share, index) => ({
      name: ENDPOINTS[index] ?? '',
      share: share / all,
      medianMs: medianMs(),
    })),
    regions,
    users: Math.round(isUsual ? between(25, 60) : between(15, 80)),
    thinkSeconds: isUsual ? between(0.15, 0.35) : between(0.1, 0.6),
    sigma: isUsual ? 0.4 : between(0.25, 0.6),
    secondSigma: isUsual ? 0.05 : between(0, 0.12),
    rho: isRough ? 0.7 : 0,
    regionMs: Object.fromEntries(regions.map((region) => [region, isRough ? between(0, 30) : 0])),
    innocentShare: isRough ? 0.05 : 0,
    holdSeconds: isUsual ? 60 : pick(random, [45, 90, 120]),
    random,
  }
}

/** Warm-up, ramp, hold and ramp-down. */
export function usualPlan({ users, holdSeconds }: World): RunPlan {
  return planOf([
    ['warm-up', 4, Math.ceil(users / 4)],
    ['ramp-up', 6, users],
    ['hold', holdSeconds, users],
    ['ramp-down', 4, 0],
  ])
}

/** How a world is simulated with a cause. */
export function simulationOf(world: World, planted: Planted, seed: number): SimulationInput {
  const { endpoints, regions, thinkSeconds, sigma, secondSigma, rho } = world
  const noise = { sigma, secondSigma, rho }
  const effects = withUsual(world, planted.effects, seed)
  const plan = planted.plan ?? usualPlan(world)
  return { seed, plan, endpoints, regions, thinkSeconds, ...noise, effects }
}

// One in a thousand fails in every world, and its regions are as far away as they are.
function withUsual(world: World, effects: Effects, seed: number): Effects {
  const innocent = createRandom(mixSeed(seed, 99))
  return {
    ...effects,
    addMs: (moment) => (effects.addMs?.(moment) ?? 0) + (world.regionMs[moment.region] ?? 0),
    fail: (moment) =>
      effects.fail?.(moment) ?? (moment.random() < 0.001 ? SERVER_ERROR : undefined),
    generator: (second) => ({
      ...(innocent() < world.innocentShare ? { k6Cpu: 1, sandboxCpu: 0.97 } : {}),
      ...(innocent() < world.innocentShare ? { gcCpuSeconds: 0.6 } : {}),
      ...(innocent() < world.innocentShare ? { othersCpu: 0.9, k6WaitSeconds: 0.35 } : {}),
      ...effects.generator?.(second),
    }),
  }
}

/** What a failing server says. */
export const SERVER_ERROR = { status: 500, errorCode: 1500 }
