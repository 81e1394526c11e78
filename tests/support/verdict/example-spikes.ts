// Recordings of two spikes with trouble where a test wants it.
import type { Phase } from '../../../lib/plan.ts'
import { type ExampleSample, requests } from './example-recording.ts'

/** Phases one after the other. */
export function phasesOf(...parts: [name: string, seconds: number][]): Phase[] {
  let now = 0
  return parts.map(([name, seconds]) => {
    const startSeconds = now
    now += seconds
    return { name, startSeconds, endSeconds: now, target: 10 }
  })
}

/** Spikes from 70 s to 90 s, and from 120 s to 140 s. */
export const PHASES = phasesOf(
  ['warm-up', 10],
  ['hold', 60],
  ['spike-1', 20],
  ['recovery-1', 30],
  ['spike-2', 20],
  ['recovery-2', 30],
  ['ramp-down', 10],
)

export interface Trouble {
  from: number
  to: number
  durationMs?: number
  /** Every second one fails. */
  isFailing?: boolean
  isFailingAll?: boolean
  /** Every twentieth fails, which is few enough, and takes long. */
  isTimingOut?: boolean
  isSilent?: boolean
}

/** 20 requests in each second, of about 100 ms but in the times of trouble. */
export function load(to: number, ...troubles: Trouble[]): ExampleSample[] {
  const ends = [0, ...troubles.flatMap(({ from, to }) => [from, to]), to]
  return ends.slice(1).flatMap((end, index) => {
    const trouble = index % 2 === 1 ? troubles[(index - 1) / 2] : undefined
    if (trouble?.isSilent) return []
    return requests({
      from: ends[index] ?? 0,
      to: end,
      perSecond: 20,
      durationMs: (_, number) => {
        if (trouble?.isTimingOut && number % 20 === 0) return 60_000
        return (trouble?.durationMs ?? 100) + (number % 5)
      },
      status: (_, number) => {
        const isFailing = trouble?.isFailingAll || (trouble?.isFailing && number % 2 === 0)
        return isFailing || (trouble?.isTimingOut && number % 20 === 0) ? 503 : 200
      },
    })
  })
}
