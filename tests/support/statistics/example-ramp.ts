// Simulated ramps against a target of a known capacity, for the tests of the statistics.
import { createRandom, mixSeed } from '../../../lib/random.ts'
import type { LoadStep } from '../../../scripts/statistics/breaking-point.ts'
import { normal } from './example-series.ts'

export interface RampSettings {
  seed: number
  capacityPerSecond: number
  /** Highest offered load by the capacity. */
  top: number
  steps?: number
  /** How much the load at which a step misses its objective varies from step to step. @default 0 */
  objectiveNoise?: number
}

const STEP_SECONDS = 30
const DISCARDED_SECONDS = 5
/** Requests wait at most this long, then they are lost. */
const QUEUE_SECONDS = 2

/**
 * Steps of 30 s, of which the first 5 s are not measured: arrivals as even as k6's, to a queue that is
 * served at the capacity, give or take 10 % in each second. The objective is missed from 90 % of the
 * capacity on.
 */
export function createRamp(settings: RampSettings): LoadStep[] {
  const { seed, capacityPerSecond, top, steps = 14, objectiveNoise = 0 } = settings
  const random = createRandom(mixSeed(seed))
  let queue = 0
  return Array.from({ length: steps }, (_, index) => {
    const offeredPerSecond = (capacityPerSecond * top * (index + 1)) / steps
    const load = offeredPerSecond / capacityPerSecond
    let served = 0
    for (let second = 0; second < STEP_SECONDS; second++) {
      queue += offeredPerSecond
      const work = Math.min(queue, Math.max(0, capacityPerSecond * (1 + 0.1 * normal(random))))
      queue = Math.min(queue - work, capacityPerSecond * QUEUE_SECONDS)
      if (second >= DISCARDED_SECONDS) served += work
    }
    const meetsObjectives = load * (1 + objectiveNoise * normal(random)) < 0.9
    return {
      offeredPerSecond,
      achievedPerSecond: served / (STEP_SECONDS - DISCARDED_SECONDS),
      meetsObjectives,
      missedObjectives: meetsObjectives ? [] : ['latency-p95'],
    }
  })
}
