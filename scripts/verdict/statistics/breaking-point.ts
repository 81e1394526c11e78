import { type BrokenStick, fitBrokenStick } from './broken-stick.ts'
import type { LoadPoint } from './fit-stick.ts'

/** One step of a ramp, without its first seconds. */
export interface LoadStep extends LoadPoint {
  /** False also when an objective could not be judged. */
  meetsObjectives: boolean
  /** Ids of the objectives that were missed. */
  missedObjectives: string[]
}

export interface FoundStep {
  /** Place in the ramp, from 0. */
  index: number
  offeredPerSecond: number
  achievedPerSecond: number
}

export type BreakingPoint =
  | {
      outcome: 'REACHED'
      /** The first of two broken steps in a row. */
      brokenAt: FoundStep
      /** Less than 95 % of the offered load was achieved, in that step or the next. */
      fellShort: boolean
      /** Ids of the objectives that were missed in these two steps. */
      missedObjectives: string[]
      /** The last step before it that met all objectives and its load; undefined when none did. */
      sloCapacity: FoundStep | undefined
      /** Undefined when the throughput never levelled off before it broke down or the ramp ended. */
      saturation: BrokenStick | undefined
      /**
       * The first step over 5 % below the highest throughput before it, as are all after it; undefined
       * when there is none, or only the last step is.
       */
      collapse: FoundStep | undefined
    }
  | {
      outcome: 'NOT_REACHED'
      /** Offered load of the last step that met everything, 0 when none did. */
      atLeastPerSecond: number
    }

/** Less of the offered load than this is no longer that load. */
const DELIVERED_RATIO = 0.95
/** Less of the highest throughput than this is more than noise. */
const COLLAPSED_RATIO = 0.95

/**
 * Finds out where a ramp of rising loads broke the target. The three numbers mean different things and
 * must not be mixed: up to `sloCapacity` users are content, `saturation` is all the work that gets done
 * however much is offered, and from `collapse` on more load means less work. None of them is given for a
 * ramp that broke nothing, since noise alone makes a knee in some curves.
 *
 * Meant for 12 to 16 steps of 30 s or more that go on to 1.6 times the saturation. A ramp that stops as
 * soon as it is broken has only two or three steps beyond the knee: its interval is then too narrow.
 *
 * @param steps in order of their loads, which rise
 * @param seed of the interval of the saturation
 */
export function findBreakingPoint(
  steps: readonly LoadStep[],
  { seed }: { seed: number },
): BreakingPoint {
  const brokenAt = findBreak(steps)
  if (brokenAt === undefined) {
    return {
      outcome: 'NOT_REACHED',
      atLeastPerSecond: lastSoundStep(steps)?.offeredPerSecond ?? 0,
    }
  }
  const broken = steps.slice(brokenAt.index, brokenAt.index + 2)
  const collapse = findCollapse(steps)
  return {
    outcome: 'REACHED',
    brokenAt,
    fellShort: broken.some(fallsShort),
    missedObjectives: [...new Set(broken.flatMap(({ missedObjectives }) => missedObjectives))],
    sloCapacity: lastSoundStep(steps.slice(0, brokenAt.index)),
    // Steps from the collapse on would pull the level down.
    saturation: fitBrokenStick(steps.slice(0, collapse?.index), { seed }),
    collapse,
  }
}

/** Whether a ramp can stop: two steps in a row fell short of the load or missed objectives. */
export function isBroken(steps: readonly LoadStep[]): boolean {
  return findBreak(steps) !== undefined
}

function findBreak(steps: readonly LoadStep[]): FoundStep | undefined {
  const index = steps.findIndex((step, place) => {
    const next = steps[place + 1]
    return isBad(step) && next !== undefined && isBad(next)
  })
  return stepAt(steps, index)
}

function lastSoundStep(steps: readonly LoadStep[]): FoundStep | undefined {
  return stepAt(steps, steps.map((step) => !isBad(step)).lastIndexOf(true))
}

// All later steps, at least one, must be as low. The highest of many steps is high by chance: of ramps
// that stay level with 2 % of noise, one in three has some step 5 % below it.
function findCollapse(steps: readonly LoadStep[]): FoundStep | undefined {
  let most = 0
  const achieved = steps.map(({ achievedPerSecond }) => achievedPerSecond)
  const index = achieved.slice(0, -1).findIndex((value, place) => {
    const isCollapsed = Math.max(...achieved.slice(place)) < most * COLLAPSED_RATIO
    most = Math.max(most, value)
    return isCollapsed
  })
  return stepAt(steps, index)
}

function isBad(step: LoadStep): boolean {
  return !step.meetsObjectives || fallsShort(step)
}

function fallsShort({ offeredPerSecond, achievedPerSecond }: LoadStep): boolean {
  return achievedPerSecond < offeredPerSecond * DELIVERED_RATIO
}

function stepAt(steps: readonly LoadStep[], index: number): FoundStep | undefined {
  const step = steps[index]
  if (step === undefined) return undefined
  const { offeredPerSecond, achievedPerSecond } = step
  return { index, offeredPerSecond, achievedPerSecond }
}
