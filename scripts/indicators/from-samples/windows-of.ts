import type { Selection } from './measurement.ts'
import { plannedLoad } from './measure-total.ts'
import { median } from '../../statistics/quantile.ts'
import type { TimedPhase } from '../timeline.ts'

const US_PER_SECOND = 1_000_000

/** Windows of an objective that asks for none: a thirtieth of its time, but within these. */
const DEFAULT_SECONDS = { parts: 30, min: 1, max: 10 }

/** Fewer say nothing about how a run went over time. */
const WINDOWS_MIN = 3

/** Silence where so many requests were due is no chance: 1 in a million, if they come independently. */
export const DUE_IN_SILENCE = 14

export interface WindowRule {
  /** As the objective asks for; a typical one is made longer until it has enough samples. */
  lengthSeconds: number | undefined
  samples: number
  /** Fewest samples that a window can be judged with. */
  minimumSamples: number
}

/** Length of the windows to look at; undefined when there would be fewer than three. */
export function windowSeconds(
  { seconds }: Pick<Selection, 'seconds'>,
  { lengthSeconds, samples, minimumSamples }: WindowRule,
): number | undefined {
  if (lengthSeconds !== undefined) return lengthSeconds
  if (samples === 0) return undefined
  const { parts, min, max } = DEFAULT_SECONDS
  const usual = Math.min(max, Math.max(min, Math.round(seconds / parts)))
  const needed = Math.ceil((minimumSamples / samples) * seconds)
  const length = Math.max(usual, needed)
  return seconds / length < WINDOWS_MIN ? undefined : length
}

/** SQL for the number of the window that a row is in, from the start of the judged time. */
export function windowSql({ spans }: Pick<Selection, 'spans'>, lengthSeconds: number): string {
  const lengthUs = Math.round(lengthSeconds * US_PER_SECOND)
  return `CAST(floor((at_us - ${spans[0]?.startUs ?? 0}) / ${lengthUs}) AS BIGINT)`
}

/** A window of the judged time. */
export interface WindowSlot {
  /** From the start of the judged time, as `windowSql` counts. */
  number: number
  /** Of its judged part. */
  startUs: number
  /** Judged; less than the window's length at the end of a span. */
  seconds: number
}

/**
 * The windows of the judged time in their order, silent ones and the part of one at the end included. None where the
 * time is shorter than a window.
 */
export function windowSlots(
  { spans }: Pick<Selection, 'spans'>,
  lengthSeconds: number,
): WindowSlot[] {
  const lengthUs = Math.round(lengthSeconds * US_PER_SECOND)
  const originUs = spans[0]?.startUs ?? 0
  const slots = new Map<number, WindowSlot>()
  for (const span of spans) {
    const first = Math.floor((span.startUs - originUs) / lengthUs)
    for (let number = first; originUs + number * lengthUs < span.endUs; number++) {
      const startUs = Math.max(span.startUs, originUs + number * lengthUs)
      const endUs = Math.min(span.endUs, originUs + (number + 1) * lengthUs)
      const slot = slots.get(number) ?? { number, startUs, seconds: 0 }
      slots.set(number, { ...slot, seconds: slot.seconds + (endUs - startUs) / US_PER_SECOND })
    }
  }
  const all = [...slots.values()]
  return all.some(({ seconds }) => seconds >= lengthSeconds) ? all : []
}

/**
 * Numbers of the windows without a sample in which samples were due: at least `DUE_IN_SILENCE`, by what the
 * other windows had for the same planned load. Before the first sample nothing was sent, which is no
 * silence of the target.
 *
 * @param samples of each window that has some, by its number
 */
export function silentWindows(
  slots: readonly WindowSlot[],
  samples: ReadonlyMap<number, number>,
  timeline: readonly TimedPhase[],
): Set<number> {
  const loads = slots.map(({ startUs, seconds }) => {
    return plannedLoad(timeline, startUs, startUs + seconds * US_PER_SECOND)
  })
  const perLoad = slots.flatMap(({ number }, index) => {
    const load = loads[index] ?? 0
    const count = samples.get(number) ?? 0
    return count > 0 && load > 0 ? [count / load] : []
  })
  if (perLoad.length === 0) return new Set()
  const usual = median(perLoad)
  const first = slots.findIndex(({ number }) => samples.has(number))
  const silent = slots.filter(({ number }, index) => {
    return index > first && !samples.has(number) && usual * (loads[index] ?? 0) >= DUE_IN_SILENCE
  })
  return new Set(silent.map(({ number }) => number))
}
