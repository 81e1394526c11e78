// Think time and pacing: the pause after an iteration of a closed model.
import { sleep } from 'k6'
import { now } from './session.ts'
import { thinkSeconds } from './think-time.ts'
import type { IterationData, Workload } from './workload.ts'

/**
 * Sleeps after an iteration that began then, never much beyond the end of the plan. With a share it is that
 * part of a think time, before the first iteration.
 */
type Pause = (startedAtMs: number, endMs: number, share?: number) => void

/** The pause of one user; undefined where users never pause. */
export const pauseOf = (workload: Workload, { random }: IterationData): Pause | undefined => {
  const { thinkTime, iterationSecondsMin = 0 } = workload
  const never = 'seconds' in thinkTime && thinkTime.seconds === 0 && iterationSecondsMin === 0
  if (never) return undefined
  // Compared by hand: the first use of Math.max and Math.min costs each user 1.3 KB.
  return (startedAtMs, endMs, share = 1) => {
    const nowMs = now()
    let seconds = thinkSeconds(thinkTime, random) * share
    const atLeast = share === 1 ? iterationSecondsMin - (nowMs - startedAtMs) / 1_000 : 0
    if (seconds < atLeast) seconds = atLeast
    // A pause never outlasts the plan, or a long one would keep the whole run waiting. It ends a moment
    // later, when k6 has stopped beginning iterations: or all users would begin one at the very end.
    const left = (endMs > nowMs ? endMs - nowMs : 0) / 1_000 + END_MARGIN_SECONDS
    if (seconds > 0) sleep(seconds < left ? seconds : left)
  }
}

const END_MARGIN_SECONDS = 0.2
