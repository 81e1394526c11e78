// Think time and pacing: the pause after an iteration of a closed model.
import { sleep } from 'k6'
import { thinkSeconds } from './think-time.ts'
import type { IterationData, Workload } from './workload.ts'

/** Sleeps after an iteration that began then, never much beyond the end of the plan. */
type Pause = (startedAtMs: number, endMs: number) => void

/** The pause of one user; undefined where users never pause. */
export const pauseOf = (workload: Workload, { random }: IterationData): Pause | undefined => {
  const { thinkTime, iterationSecondsMin = 0 } = workload
  const never = 'seconds' in thinkTime && thinkTime.seconds === 0 && iterationSecondsMin === 0
  if (never) return undefined
  return (startedAtMs, endMs) => {
    const atLeast = iterationSecondsMin - (Date.now() - startedAtMs) / 1_000
    sleepWithin(endMs, Math.max(thinkSeconds(thinkTime, random), atLeast))
  }
}

const END_MARGIN_SECONDS = 0.2

// A pause never outlasts the plan, or a long one would keep the whole run waiting. It ends a moment
// later, when k6 has stopped beginning iterations: or all users would begin one at the very end.
export const sleepWithin = (endMs: number, seconds: number): void => {
  const left = Math.max(0, endMs - Date.now()) / 1_000 + END_MARGIN_SECONDS
  if (seconds > 0) sleep(Math.min(seconds, left))
}
