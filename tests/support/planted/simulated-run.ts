// Runs with a known truth: users that wait for their answers, or iterations that begin at a rate.
import { createRandom, mixSeed } from '../../../lib/random.ts'
import type { RunPlan } from '../../../lib/plan.ts'
import type { GeneratorSecond } from '../../../scripts/generator/generator-second.ts'
import { createPlan } from '../sla/example.ts'
import { START_MS } from '../verdict/example-recording.ts'
import type { Effects, Endpoint } from './effects.ts'
import { sink } from './sink.ts'
import { timelineOf, type TimedPhase } from '../../../scripts/indicators/timeline.ts'

export interface SimulationInput {
  seed: number
  plan: RunPlan
  endpoints: readonly Endpoint[]
  regions: readonly string[]
  thinkSeconds: number
  /** Of the logarithm of a latency. */
  sigma: number
  /** Of the logarithm of a whole second's latencies. */
  secondSigma: number
  /** How much of it the next second keeps. */
  rho: number
  effects: Effects
}

export interface Simulated {
  plan: RunPlan
  timeline: readonly TimedPhase[]
  generator: GeneratorSecond[]
  requests: SimulatedRequest[]
  userLooks: number[]
}

export interface SimulatedRequest {
  at: number
  ms: number
  name: string
  region: string
  status: number
  errorCode: number
  blockedMs: number
  connectingMs: number
  receivingMs: number
}

/** A plan of phases by their name, length in seconds and users at the end. */
export function planOf(phases: readonly [name: string, seconds: number, users: number][]): RunPlan {
  let at = 0
  const timed = phases.map(([name, seconds, target]) => {
    const phase = { name, startSeconds: at, endSeconds: at + seconds, target }
    at += seconds
    return phase
  })
  const target = Math.max(...phases.map(([, , users]) => users))
  return createPlan({ phases: timed, durationSeconds: at, target })
}

/** Simulates a run; the same seed gives the same one again. */
export function simulate(input: SimulationInput): Simulated {
  const { plan, seed, effects } = input
  const random = createRandom(mixSeed(seed, 77))
  const timeline = timelineOf(plan.phases, START_MS)
  const seconds = plan.durationSeconds
  let drift = 0
  const noise = Array.from({ length: seconds + 120 }, () => {
    drift = input.rho * drift + Math.sqrt(1 - input.rho ** 2) * normal(random)
    return Math.exp(drift * input.secondSigma)
  })
  const free: number[] = Array.from({ length: effects.slots ?? 0 }, () => 0)
  const world = { random, noise, free }
  const requests = plan.model === 'open' ? arrivals(input, world) : closedLoop(input, world)
  requests.sort((one, other) => one.at - other.at)
  const userLooks = looksOf(seconds, effects.k6Stalls ?? [])
  return { plan, timeline, generator: generatorOf(input, random), requests, userLooks }
}

// Iterations begin at the planned rate, whatever the target does.
function arrivals(input: SimulationInput, world: World): SimulatedRequest[] {
  const { plan, regions } = input
  const requests: SimulatedRequest[] = []
  for (let at = 0.01; at < plan.durationSeconds;) {
    const region = regions[requests.length % regions.length] ?? ''
    requests.push(requestAt(at, { ...world, region }, input))
    at += 1 / Math.max(1, usersAt(at, plan))
  }
  return requests
}

// Each user waits for an answer, pauses, and goes on.
function closedLoop(input: SimulationInput, world: World): SimulatedRequest[] {
  const { plan, regions, thinkSeconds } = input
  const requests: SimulatedRequest[] = []
  const queue = Array.from({ length: plan.target }, (_, user) => {
    return { at: world.random() * thinkSeconds, user }
  })
  queue.sort((one, other) => one.at - other.at)
  for (;;) {
    const next = queue[0]
    if (!next || next.at >= plan.durationSeconds) return requests
    if (next.user >= usersAt(next.at, plan)) next.at += 0.25
    else {
      const region = regions[next.user % regions.length] ?? ''
      const request = requestAt(next.at, { ...world, region }, input)
      requests.push(request)
      next.at = request.at + request.ms / 1_000 + thinkSeconds * (0.5 + world.random())
    }
    sink(queue)
  }
}

interface World {
  random: () => number
  noise: readonly number[]
  free: number[]
}

function requestAt(
  from: number,
  world: World & { region: string },
  input: SimulationInput,
): SimulatedRequest {
  const { region, random, noise, free } = world
  const { effects } = input
  const endpoint = choose(input.endpoints, random())
  const { name } = endpoint
  const blockedMs = effects.blockedMs?.({ at: from, name, region, random }) ?? 0.01
  // k6 itself does not begin a request while it stands still.
  const at = afterStalls(from + blockedMs / 1_000, effects.k6Stalls ?? [])
  const moment = { at, name, region, random }
  const usual =
    endpoint.medianMs * Math.exp(normal(random) * input.sigma) * (noise[Math.floor(at)] ?? 1)
  let ms = usual * (effects.factor?.(moment) ?? 1) + (effects.addMs?.(moment) ?? 0)
  if (free.length > 0) {
    const slot = free.indexOf(Math.min(...free))
    const begin = Math.max(at, free[slot] ?? 0)
    free[slot] = begin + ms / 1_000
    ms += (begin - at) * 1_000
  }
  const receivingMs = effects.receivingMs?.(moment) ?? 0.2
  const failure = effects.fail?.(moment)
  ms = failure?.ms ?? ms + receivingMs
  for (const stalls of [effects.stalls ?? [], effects.k6Stalls ?? []]) ms = stalled(at, ms, stalls)
  return {
    at,
    ms,
    name,
    region,
    status: failure?.status ?? 200,
    errorCode: failure?.errorCode ?? 0,
    blockedMs,
    connectingMs: blockedMs * (effects.connectingShare ?? 0),
    receivingMs: failure ? 0 : receivingMs,
  }
}

function afterStalls(at: number, stalls: readonly [number, number][]): number {
  return stalls.reduce((time, [from, to]) => (time >= from && time < to ? to : time), at)
}

// Time does not go on while the target, or k6, stands still.
function stalled(at: number, ms: number, stalls: readonly [number, number][]): number {
  return stalls.reduce((length, [from, to]) => {
    const end = at + length / 1_000
    return at < to && end > from ? length + (to - Math.max(at, from)) * 1_000 : length
  }, ms)
}

function usersAt(at: number, { phases }: RunPlan): number {
  const index = phases.findIndex(
    ({ startSeconds, endSeconds }) => at >= startSeconds && at < endSeconds,
  )
  const phase = phases[index]
  if (!phase) return 0
  const before = phases[index - 1]?.target ?? (phases.length > 1 ? 0 : phase.target)
  const share = (at - phase.startSeconds) / (phase.endSeconds - phase.startSeconds)
  return Math.ceil(before + (phase.target - before) * share)
}

function choose(endpoints: readonly Endpoint[], place: number): Endpoint {
  let sum = 0
  const found = endpoints.find(({ share }) => (sum += share) > place) ?? endpoints.at(-1)
  if (!found) throw new Error('Expected an endpoint, got none')
  return found
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

// k6 looks at its users once a second; one look that is overdue follows a standstill.
function looksOf(seconds: number, stalls: readonly [number, number][]): number[] {
  const looks = Array.from({ length: seconds }, (_, second) => afterStalls(second + 0.02, stalls))
  return [...new Set(looks)]
}

function generatorOf({ plan, effects }: SimulationInput, random: () => number): GeneratorSecond[] {
  return Array.from({ length: plan.durationSeconds }, (_, second) => {
    const usual = {
      k6Cpu: 0.35 + 0.1 * random(),
      sandboxCpu: 0.3 + 0.1 * random(),
      othersCpu: 0.1 * random(),
    }
    const all = {
      ...usual,
      stealCpu: 0,
      k6WaitSeconds: 0.02 * random(),
      gcPauseSeconds: 0.001,
      gcCpuSeconds: 0.03 * random(),
    }
    const changed = { ...all, ...effects.generator?.(second) }
    const used = changed.k6Cpu + changed.sandboxCpu + changed.othersCpu + changed.stealCpu
    return { atMs: START_MS + (second + 1) * 1_000, idleCpu: Math.max(0.01, 2 - used), ...changed }
  })
}
