// Think time and pacing: the pauses of a VU in a closed loop.
import { sleep } from 'k6'
import { isClosedLoop } from './plan.ts'
import { createRandom, mixSeed } from './random.ts'
import { thinkSeconds } from './think-time.ts'
import type { VirtualUserSettings, VuContext } from './vu-context.ts'

/** Pauses after an iteration: for the think time, and until the iteration has taken as long as it must. */
export const pause = (
  { endMs, plan, data, startedAtMs }: VuContext,
  { workload }: VirtualUserSettings,
): void => {
  if (!isClosedLoop(plan)) return
  const { thinkTime, iterationSecondsMin = 0 } = workload
  const seconds = thinkSeconds(thinkTime, data.random)
  if (seconds === 0 && iterationSecondsMin === 0) return
  const passedSeconds = (Date.now() - startedAtMs) / 1_000
  sleepWithin(Math.max(seconds, iterationSecondsMin - passedSeconds), endMs)
}

/**
 * Pauses before a VU's first iteration, for a part of a think time: VUs that all begin in the same instant
 * are a burst that nobody planned.
 */
export const firstPause = (
  { endMs, plan, session }: VuContext,
  { workload, seed }: VirtualUserSettings,
): void => {
  if (!isClosedLoop(plan)) return
  const random = createRandom(mixSeed(seed, session.user, FIRST_PAUSE))
  sleepWithin(random() * thinkSeconds(workload.thinkTime, random), endMs)
}

/** Not the random numbers of an iteration: those are the same whichever VU has it. */
const FIRST_PAUSE = -1

/** k6 begins no iteration any more by then; a pause to the very end would let all VUs begin one there. */
const END_MARGIN_SECONDS = 0.2

// A pause never outlasts the plan, or a long one would keep the whole run waiting.
const sleepWithin = (seconds: number, endMs: number): void => {
  const left = Math.max(0, endMs - Date.now()) / 1_000 + END_MARGIN_SECONDS
  if (seconds > 0) sleep(Math.min(seconds, left))
}
