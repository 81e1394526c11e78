// Causes that are planted into simulated runs, each in three strengths, and what must be said of them.
import { createRandom, mixSeed, pick } from '../../../lib/random.ts'
import type { RunPlan } from '../../../lib/plan.ts'
import type { CauseCode } from './cause.ts'
import { type Effects, type Endpoint, planOf, type SimulationInput } from './simulated-run.ts'

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
  objective?: (limits: Limits) => Record<string, unknown>
  plant: (world: World, strength: 0 | 1 | 2) => Planted
}

/** Of the world without the cause. */
export interface Limits {
  p95Ms: number
  p99Ms: number
  perSecond: number
}

export const STRENGTHS = [0, 1, 2] as const

const ENDPOINTS = ['POST /v1/orders', 'GET /v1/orders/{id}', 'GET /v1/search', 'POST /v1/batch', 'GET /v1/users/me', 'DELETE /v1/cart', 'PUT /v1/cart', 'GET /v1/prices']

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
    fail: (moment) => effects.fail?.(moment) ?? (moment.random() < 0.001 ? SERVER_ERROR : undefined),
    generator: (second) => ({
      ...(innocent() < world.innocentShare ? { k6Cpu: 1, sandboxCpu: 0.97 } : {}),
      ...(innocent() < world.innocentShare ? { gcCpuSeconds: 0.6 } : {}),
      ...(innocent() < world.innocentShare ? { othersCpu: 0.9, k6WaitSeconds: 0.35 } : {}),
      ...effects.generator?.(second),
    }),
  }
}

const SERVER_ERROR = { status: 500, errorCode: 1500 }

const HOLD_FROM = 10

/** Some moment at full load, far enough from its end for what lasts so long. */
function moment({ holdSeconds, random }: World, lastsSeconds: number): number {
  return HOLD_FROM + 5 + random() * (holdSeconds - lastsSeconds - 8)
}

const isIn = (at: number, from: number, seconds: number): boolean => at >= from && at < from + seconds

function openPlan(world: World): RunPlan {
  const rate = Math.round(50 + 150 * world.random())
  return { ...planOf([['warm-up', 4, rate], ['hold', world.holdSeconds + 6, rate], ['ramp-down', 3, rate]]), model: 'open' }
}

function spikePlan({ users }: World): RunPlan {
  const few = Math.ceil(users / 5)
  return planOf([['warm-up', 4, few], ['baseline', 20, few], ['spike-1', 12, users], ['recovery-1', 20, few], ['spike-2', 12, users], ['recovery-2', 20, few], ['ramp-down', 3, 0]])
}

function k6Stopped(world: World, seconds: number): Effects {
  const from = moment(world, seconds)
  const isStopped = (second: number): boolean => second >= from && second + 1 <= from + seconds
  return {
    k6Stalls: [[from, from + seconds]],
    generator: (second) => (isStopped(second) ? { k6Cpu: 0, sandboxCpu: 0.01 } : {}),
  }
}

const endpointOf = ({ endpoints, random }: World): string => pick(random, endpoints).name

const regionOf = ({ regions, random }: World): string => pick(random, regions)

export const PLANTED: PlantedCause[] = [
  {
    id: 'standstill of the target, open',
    codes: ['WHY_STANDSTILL'],
    plant: (world, strength) => {
      const seconds = [2, 4, 8][strength] ?? 0
      const from = moment(world, seconds)
      return { effects: { stalls: [[from, from + seconds]] }, plan: openPlan(world) }
    },
  },
  {
    id: 'two standstills of the target, closed',
    codes: ['WHY_STANDSTILL'],
    plant: (world, strength) => {
      const seconds = [1.5, 2.5, 5][strength] ?? 0
      const from = HOLD_FROM + 3 + world.random() * 8
      const again = from + 12 + world.random() * 8
      return { effects: { stalls: [[from, from + seconds], [again, again + seconds]] } }
    },
  },
  {
    id: 'standstill at regular times',
    codes: ['WHY_PERIODIC'],
    plant: (world, strength) => {
      const seconds = [0.8, 1.5, 2.5][strength] ?? 0
      const every = 8 + world.random() * 4
      const stalls = Array.from({ length: 30 }, (_, index): [number, number] => {
        const from = HOLD_FROM + 2 + index * every
        return [from, from + seconds]
      }).filter(([, to]) => to < HOLD_FROM + world.holdSeconds)
      return { effects: { stalls } }
    },
  },
  {
    id: 'k6 stopped, by the longest request',
    codes: ['WHY_K6_STALLED'],
    objective: ({ p99Ms }) => ({ indicator: { statistic: 'max of http_req_duration' }, limit: `< ${8 * p99Ms}ms` }),
    plant: (world, strength) => ({ effects: k6Stopped(world, [3, 5, 9][strength] ?? 0) }),
  },
  {
    id: 'k6 stopped, by the rate',
    codes: ['WHY_K6_STALLED'],
    objective: ({ perSecond }) => ({ indicator: { rate: 'http_reqs' }, phases: ['hold'], limit: `>= ${Math.round(perSecond * 0.95)}/s` }),
    plant: (world, strength) => ({ effects: k6Stopped(world, [5, 8, 12][strength] ?? 0) }),
  },
  {
    id: 'CPU taken by another process',
    codes: ['WHY_CPU_TAKEN'],
    plant: (world, strength) => {
      const seconds = [8, 14, 20][strength] ?? 0
      const from = Math.floor(moment(world, seconds))
      const generator = (second: number) => (isIn(second, from, seconds) ? { othersCpu: 1.5, k6WaitSeconds: 0.5 + world.random() } : {})
      return { effects: { factor: ({ at }) => (isIn(at, from, seconds) ? 2 + strength : 1), generator } }
    },
  },
  {
    id: 'CPU taken for the whole run',
    codes: ['WHY_CPU_TAKEN'],
    plant: (_, strength) => {
      return { effects: { factor: () => 1.3 + 0.4 * strength, generator: () => ({ othersCpu: 1.5, k6WaitSeconds: 0.8 }) } }
    },
  },
  {
    id: 'garbage collection of k6',
    codes: ['WHY_GC'],
    plant: (world, strength) => {
      const starts = [0.2, 0.5, 0.8].map((place) => Math.floor(HOLD_FROM + place * world.holdSeconds))
      const isGc = (at: number): boolean => starts.some((start) => isIn(at, start, 2))
      const generator = (second: number) => (isGc(second) ? { k6Cpu: 1.4, gcCpuSeconds: 1, gcPauseSeconds: 0.01 } : {})
      return { effects: { factor: ({ at }) => (isGc(at) ? 3 + 2 * strength : 1), generator } }
    },
  },
  {
    id: 'slow endpoint',
    codes: ['WHY_SLOW_ENDPOINT'],
    plant: (world, strength) => {
      const slow = endpointOf(world)
      return { names: slow, effects: { factor: ({ name }) => (name === slow ? 1.8 + strength : 1) } }
    },
  },
  {
    id: 'slow endpoint for some seconds',
    codes: ['WHY_SLOW_ENDPOINT'],
    plant: (world, strength) => {
      const slow = endpointOf(world)
      const from = moment(world, 15)
      const factor = [4, 6, 10][strength] ?? 1
      return { names: slow, effects: { factor: ({ name, at }) => (name === slow && isIn(at, from, 15) ? factor : 1) } }
    },
  },
  {
    id: 'slow mode of one endpoint',
    codes: ['WHY_SLOW_ENDPOINT'],
    plant: (world, strength) => {
      const slow = endpointOf(world)
      const share = [0.2, 0.35, 0.6][strength] ?? 0
      return { names: slow, effects: { factor: ({ name, random }) => (name === slow && random() < share ? 8 : 1) } }
    },
  },
  {
    id: 'slow region',
    codes: ['WHY_SLOW_REGION'],
    plant: (world, strength) => {
      const slow = regionOf(world)
      return { names: slow, effects: { addMs: ({ region }) => (region === slow ? 50 + 50 * strength : 0) } }
    },
  },
  {
    id: 'slow region for some seconds',
    codes: ['WHY_SLOW_REGION'],
    plant: (world, strength) => {
      const slow = regionOf(world)
      const from = moment(world, 15)
      return { names: slow, effects: { addMs: ({ region, at }) => (region === slow && isIn(at, from, 15) ? 150 + 150 * strength : 0) } }
    },
  },
  {
    id: 'slow seconds everywhere',
    codes: ['WHY_SLOW_SECONDS'],
    plant: (world, strength) => {
      const from = moment(world, 10)
      return { effects: { factor: ({ at }) => (isIn(at, from, 10) ? 2 + strength : 1) } }
    },
  },
  {
    id: 'slow start',
    codes: ['WHY_SLOW_START'],
    plant: (_, strength) => {
      const lasts = 12 + 2 * strength
      return { effects: { factor: ({ at }) => 1 + (3 + 3 * strength) * Math.max(0, 1 - at / lasts) } }
    },
  },
  {
    id: 'leak: latency grows',
    codes: ['WHY_GROWTH'],
    plant: (world, strength) => {
      const factor = [1.8, 2.5, 4][strength] ?? 1
      return { effects: { factor: ({ at }) => 1 + (factor - 1) * (at / (HOLD_FROM + world.holdSeconds)) } }
    },
  },
  {
    id: 'pool exhausted in the ramp',
    codes: ['WHY_POOL_EXHAUSTED'],
    plant: (world, strength) => {
      const mean = 60
      const busy = (world.users * mean) / (mean + world.thinkSeconds * 1_000)
      const slots = Math.max(1, Math.floor(busy * ([0.75, 0.55, 0.35][strength] ?? 1)))
      const plan = planOf([['warm-up', 3, 1], ['ramp-up', 40, world.users], ['hold', 30, world.users], ['ramp-down', 3, 0]])
      return { effects: { slots }, plan }
    },
  },
  {
    id: 'large responses',
    codes: ['WHY_LARGE_RESPONSES'],
    plant: (world, strength) => {
      const large = endpointOf(world)
      return { names: large, effects: { receivingMs: ({ name }) => (name === large ? 120 + 100 * strength : 0.2) } }
    },
  },
  {
    id: 'slow in spikes only',
    codes: ['WHY_ONE_PHASE'],
    plant: (world, strength) => {
      const isSpike = (at: number): boolean => isIn(at, 24, 12) || isIn(at, 56, 12)
      return { effects: { factor: ({ at }) => (isSpike(at) ? 1.8 + strength * 0.7 : 1) }, plan: spikePlan(world), names: 'spike' }
    },
  },
  {
    id: 'k6 and sandbox fill the machine in spikes',
    codes: ['WHY_MACHINE_FULL'],
    plant: (world, strength) => {
      const isSpike = (at: number): boolean => isIn(at, 24, 12) || isIn(at, 56, 12)
      const generator = (second: number) => (isSpike(second) ? { k6Cpu: 1, sandboxCpu: 0.96, othersCpu: 0.02 } : {})
      return { effects: { factor: ({ at }) => (isSpike(at) ? 1.8 + strength * 0.7 : 1), generator }, plan: spikePlan(world) }
    },
  },
  {
    id: 'everything slow',
    codes: ['WHY_EVERYTHING_SLOW'],
    plant: (world, strength) => {
      for (const endpoint of world.endpoints) endpoint.medianMs = 50 + 5 * world.random()
      return { effects: { factor: () => 1.35 + strength * 0.4 } }
    },
  },
  {
    id: 'burst of failures',
    codes: ['WHY_ERROR_BURST'],
    plant: (world, strength) => {
      const from = moment(world, 5)
      const share = [0.3, 0.6, 1][strength] ?? 0
      return { names: '503', effects: { fail: ({ at, random }) => (isIn(at, from, 5) && random() < share ? { status: 503, errorCode: 1503, ms: 5 } : undefined) } }
    },
  },
  {
    id: 'one status everywhere',
    codes: ['WHY_ONE_STATUS'],
    plant: (_, strength) => {
      const share = [0.015, 0.03, 0.1][strength] ?? 0
      return { names: '502', effects: { fail: ({ random }) => (random() < share ? { status: 502, errorCode: 1502, ms: 20 } : undefined) } }
    },
  },
  {
    id: 'rate limited',
    codes: ['WHY_RATE_LIMITED'],
    plant: (world, strength) => {
      const share = [0.02, 0.1, 0.4][strength] ?? 0
      return { effects: { fail: ({ at, random }) => (at > HOLD_FROM + world.holdSeconds / 3 && random() < share ? { status: 429, errorCode: 1429, ms: 3 } : undefined) } }
    },
  },
  {
    id: 'requests time out',
    codes: ['WHY_TIMEOUTS'],
    plant: (_, strength) => {
      const share = [0.015, 0.03, 0.08][strength] ?? 0
      return { effects: { fail: ({ random }) => (random() < share ? { status: 0, errorCode: 1050, ms: 3_000 } : undefined) } }
    },
  },
  {
    id: 'connections refused for some seconds',
    codes: ['WHY_CONNECT'],
    plant: (world, strength) => {
      const seconds = [2, 4, 8][strength] ?? 0
      const from = moment(world, seconds)
      return { names: 'refused', effects: { fail: ({ at }) => (isIn(at, from, seconds) ? { status: 0, errorCode: 1212, ms: 1 } : undefined) } }
    },
  },
  {
    id: 'names not found in DNS',
    codes: ['WHY_DNS'],
    plant: (_, strength) => {
      const share = [0.015, 0.03, 0.1][strength] ?? 0
      return { effects: { fail: ({ random }) => (random() < share ? { status: 0, errorCode: 1101, ms: 0.1 } : undefined) } }
    },
  },
  {
    id: 'failing endpoint',
    codes: ['WHY_FAILING_ENDPOINT'],
    plant: (world, strength) => {
      const bad = endpointOf(world)
      const share = [0.1, 0.25, 0.8][strength] ?? 0
      return { names: bad, effects: { fail: ({ name, random }) => (name === bad && random() < share ? SERVER_ERROR : undefined) } }
    },
  },
  {
    id: 'failing region',
    codes: ['WHY_FAILING_REGION'],
    plant: (world, strength) => {
      const bad = regionOf(world)
      const share = [0.05, 0.15, 0.6][strength] ?? 0
      return { names: bad, effects: { fail: ({ region, random }) => (region === bad && random() < share ? SERVER_ERROR : undefined) } }
    },
  },
  {
    id: 'failures grow',
    codes: ['WHY_GROWTH'],
    plant: (world, strength) => {
      const most = [0.04, 0.1, 0.3][strength] ?? 0
      return { effects: { fail: ({ at, random }) => (random() < (most * Math.max(0, at - 8)) / world.holdSeconds ? SERVER_ERROR : undefined) } }
    },
  },
  {
    id: 'connecting is slow',
    codes: ['WHY_CONNECT'],
    objective: ({ p95Ms }) => ({ indicator: { statistic: 'p95 of iteration_duration' }, limit: `< ${Math.round(p95Ms)}ms` }),
    plant: (_, strength) => {
      return { effects: { blockedMs: ({ random }) => (90 + 90 * strength) * (0.6 + 0.8 * random()), connectingShare: 0.9 } }
    },
  },
  {
    id: 'name look-up is slow',
    codes: ['WHY_BLOCKED'],
    objective: ({ perSecond }) => ({ indicator: { rate: 'http_reqs' }, limit: `>= ${Math.round(perSecond * 0.9)}/s` }),
    plant: (_, strength) => {
      return { effects: { blockedMs: ({ random }) => (120 + 120 * strength) * (0.6 + 0.8 * random()), connectingShare: 0.02 } }
    },
  },
]
