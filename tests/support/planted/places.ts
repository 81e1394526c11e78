// Moments, plans and places of a world that planted causes have in common.
import { pick } from '../../../lib/random.ts'
import type { RunPlan } from '../../../lib/plan.ts'
import type { Effects } from './effects.ts'
import { planOf } from './simulated-run.ts'
import type { World } from './worlds.ts'

export const HOLD_FROM = 10

/** Some moment at full load, far enough from its end for what lasts so long. */
export function moment({ holdSeconds, random }: World, lastsSeconds: number): number {
  return HOLD_FROM + 5 + random() * (holdSeconds - lastsSeconds - 8)
}

export const isIn = (at: number, from: number, seconds: number): boolean =>
  at >= from && at < from + seconds

export function openPlan(world: World): RunPlan {
  const rate = Math.round(50 + 150 * world.random())
  return {
    ...planOf([
      ['warm-up', 4, rate],
      ['hold', world.holdSeconds + 6, rate],
      ['ramp-down', 3, rate],
    ]),
    model: 'open',
  }
}

export function spikePlan({ users }: World): RunPlan {
  const few = Math.ceil(users / 5)
  return planOf([
    ['warm-up', 4, few],
    ['baseline', 20, few],
    ['spike-1', 12, users],
    ['recovery-1', 20, few],
    ['spike-2', 12, users],
    ['recovery-2', 20, few],
    ['ramp-down', 3, 0],
  ])
}

export function k6Stopped(world: World, seconds: number): Effects {
  const from = moment(world, seconds)
  const isStopped = (second: number): boolean => second >= from && second + 1 <= from + seconds
  return {
    k6Stalls: [[from, from + seconds]],
    generator: (second) => (isStopped(second) ? { k6Cpu: 0, sandboxCpu: 0.01 } : {}),
  }
}

export const endpointOf = ({ endpoints, random }: World): string => pick(random, endpoints).name

export const regionOf = ({ regions, random }: World): string => pick(random, regions)
