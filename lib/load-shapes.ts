// Pure: read by k6 and by Node. A load shape turns a few numbers into steps; nothing runs here.
import type { LoadModel } from './plan.ts'

/** One straight line of the load: from where the last step ended to `target`, within `duration`. */
export interface Step {
  phase: string
  /** k6 duration, before any time scale; `'0s'` jumps. */
  duration: string
  /** Users (closed model) or iterations per second (open model) at the end of the step. */
  target: number
}

/** What the load looks like over time, before `--users`, `--rate`, `--duration`, `--time-scale`. */
export interface LoadShape {
  model: LoadModel
  /** Users or rate at the very start. */
  start: number
  steps: Step[]
  /** Open model: users kept ready for each iteration per second (Little's law), in seconds. */
  iterationSeconds?: number
  /** Open model: users kept ready in all, instead. */
  poolUsers?: number
  /** Model `once`: how many iterations each user makes. Without it one user runs every operation once. */
  iterationsPerUser?: number
}

export interface StagedUsers {
  /** Each stage moves the number of users to `users` within `duration`, as k6's own stages do. */
  stages: { duration: string; users: number }[]
}

/** Closed model, users as k6 stages. Rising stages are `ramp-up`, level `hold`, falling `ramp-down`. */
export const stagedUsers = ({ stages }: StagedUsers): LoadShape => {
  let users = 0
  const steps = stages.map((stage) => {
    const phase = stage.users > users ? 'ramp-up' : stage.users === users ? 'hold' : 'ramp-down'
    users = stage.users
    return { phase, duration: stage.duration, target: stage.users }
  })
  return { model: 'closed', start: 0, steps }
}

export interface ConstantUsers {
  users: number
  duration: string
  /** Time to reach `users`; without it all users start at once. */
  rampUp?: string
}

/** Closed model: the same number of users for `duration`, after an optional `ramp-up`. */
export const constantUsers = ({ users, duration, rampUp }: ConstantUsers): LoadShape => {
  const hold = { phase: 'hold', duration, target: users }
  if (rampUp === undefined) return { model: 'closed', start: users, steps: [hold] }
  const ramp = { phase: 'ramp-up', duration: rampUp, target: users }
  return { model: 'closed', start: 0, steps: [ramp, hold] }
}

export interface HalfThenAll {
  users: number
  /** How long half of the users are held. */
  half: string
  /** How long all users are held. */
  duration: string
  /** Time to reach half of the users, and again from half to all. */
  rampUp: string
}

/** Closed model: half of the users in the phase `half`, then all in `hold`. */
export const halfThenAll = ({ users, half, duration, rampUp }: HalfThenAll): LoadShape => ({
  model: 'closed',
  start: 0,
  steps: [
    { phase: 'ramp-up', duration: rampUp, target: users / 2 },
    { phase: 'half', duration: half, target: users / 2 },
    { phase: 'ramp-up-2', duration: rampUp, target: users },
    { phase: 'hold', duration, target: users },
  ],
})

export interface Spikes {
  usualUsers: number
  peakUsers: number
  cycles: number
  /** How long each spike stays at `peakUsers`. */
  peak: string
  /** How long the usual load is watched after each spike. */
  recovery: string
  /** The usual load before the first spike. @default '1m' */
  usual?: string
  /** From usual to peak, and back. @default '10s' */
  rise?: string
}

/** Closed model: usual load, then `cycles` times a peak and a recovery. */
export const spikes = (settings: Spikes): LoadShape => {
  const { usualUsers, peakUsers, cycles, peak, recovery, usual = '1m', rise = '10s' } = settings
  const steps: Step[] = [
    { phase: 'warm-up', duration: '30s', target: usualUsers },
    { phase: 'hold', duration: usual, target: usualUsers },
  ]
  for (let cycle = 1; cycle <= cycles; cycle++) {
    steps.push(
      { phase: `spike-${cycle}`, duration: rise, target: peakUsers },
      { phase: `spike-${cycle}`, duration: peak, target: peakUsers },
      { phase: `recovery-${cycle}`, duration: rise, target: usualUsers },
      { phase: `recovery-${cycle}`, duration: recovery, target: usualUsers },
    )
  }
  steps.push({ phase: 'ramp-down', duration: rise, target: 0 })
  return { model: 'closed', start: 0, steps }
}

export interface ConstantRate {
  ratePerSecond: number
  duration: string
  rampUp: string
  /** The slowest iteration to be carried without dropping any, in seconds: sizes the VU pool. */
  iterationSeconds: number
}

/** Open model: iterations start at a rate, whether or not earlier ones have ended. */
export const constantRate = (settings: ConstantRate): LoadShape => {
  const { ratePerSecond, duration, rampUp, iterationSeconds } = settings
  return {
    model: 'open',
    start: 0,
    steps: [
      { phase: 'ramp-up', duration: rampUp, target: ratePerSecond },
      { phase: 'hold', duration, target: ratePerSecond },
    ],
    iterationSeconds,
  }
}

export interface SteppedRate {
  /** Iterations per second of the first step and of the last. */
  from: number
  to: number
  steps: number
  /** How long each step is judged. */
  step: string
  /** Time after each rise that is left out, until the target has taken the new load in. */
  settling: string
  /** As for `constantRate`. */
  iterationSeconds: number
}

/** Open model: ever higher rates, each held for a while: `settling-1`, `step-1`, `settling-2`, ... */
export const steppedRate = (settings: SteppedRate): LoadShape => {
  const { from, to, steps: count, step, settling, iterationSeconds } = settings
  const steps: Step[] = []
  for (let number = 1; number <= count; number++) {
    const target = Math.round(from + ((to - from) * (number - 1)) / Math.max(1, count - 1))
    steps.push(
      { phase: `settling-${number}`, duration: '0s', target },
      { phase: `settling-${number}`, duration: settling, target },
      { phase: `step-${number}`, duration: step, target },
    )
  }
  return { model: 'open', start: from, steps, iterationSeconds }
}

/** One user, every operation once, one after the other; a run longer than `maxDuration` is cut. */
export const everyOperationOnce = ({ maxDuration }: { maxDuration: string }): LoadShape => {
  const step = { phase: 'hold', duration: maxDuration, target: 1 }
  return { model: 'once', start: 1, steps: [step] }
}

export interface IterationsPerUser {
  users: number
  /** Iterations of each user, with think time; `--users` does not change them. */
  iterations: number
  /** Latest end of the run; if iterations are missing by then, the run is INVALID. */
  maxDuration: string
}

/** All users at once, each with the same number of iterations of the mix: an exact number in total. */
export const iterationsPerUser = (settings: IterationsPerUser): LoadShape => {
  const { users, iterations, maxDuration } = settings
  const step = { phase: 'hold', duration: maxDuration, target: users }
  return { model: 'once', start: users, steps: [step], iterationsPerUser: iterations }
}
