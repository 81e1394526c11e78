/** One step of a ramp, without its first seconds. */
export interface LoadStep {
  /** As planned. */
  offeredPerSecond: number
  achievedPerSecond: number
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

/** The capacity lies between both: from `good` on, and below `bad`. */
export interface BreakingPoint {
  /** The last step before the break that met all objectives and its load; missing when none did. */
  good?: FoundStep
  /** The first of two broken steps in a row; missing for a ramp that broke nothing. */
  bad?: FoundStep & {
    /** Less than 95 % of the offered load was achieved, in that step or the next. */
    fellShort: boolean
    /** The least that was achieved in these two steps; older files lack it. */
    servedPerSecond?: number
    /** Ids of the objectives that were missed in these two steps. */
    missedObjectives: string[]
  }
  /** The last step of a ramp, which was bad and has no next one: its load is neither met nor missed. */
  badOnce?: FoundStep
}

/** Less of the offered load than this is no longer that load. */
const DELIVERED_RATIO = 0.95

/**
 * Finds out between which loads of a rising ramp the target broke. One bad step is bad luck, two in a row
 * are not.
 *
 * @param steps in order of their loads, which rise
 * @param endedEarly the run ended after two bad steps, seen as it went on: a last bad one is enough then
 */
export function findBreakingPoint(
  steps: readonly LoadStep[],
  endedEarly: boolean = false,
): BreakingPoint {
  const last = steps.at(-1)
  const lastBad = last && isBad(last) ? stepAt(steps, steps.length - 1) : undefined
  const broken = findBreak(steps) ?? (endedEarly ? lastBad : undefined)
  const good = lastSoundStep(steps.slice(0, broken?.index))
  if (!broken) return { ...(good && { good }), ...(lastBad && { badOnce: lastBad }) }
  const both = steps.slice(broken.index, broken.index + 2)
  const bad = {
    ...broken,
    fellShort: both.some(fallsShort),
    servedPerSecond: Math.min(...both.map(({ achievedPerSecond }) => achievedPerSecond)),
    missedObjectives: [...new Set(both.flatMap(({ missedObjectives }) => missedObjectives))],
  }
  return { ...(good && { good }), bad }
}

/**
 * Whether the capacity is at least so much, or more than that. `open`: it lies between the good step and the
 * bad one, or above the last good step of a ramp that broke nothing.
 */
export function capacityIs(
  { good, bad }: BreakingPoint,
  { perSecond, orMore }: { perSecond: number; orMore: boolean },
): 'met' | 'missed' | 'open' {
  const proven = good?.offeredPerSecond ?? 0
  if (proven > perSecond || (orMore && proven === perSecond)) return 'met'
  return bad && bad.offeredPerSecond <= perSecond ? 'missed' : 'open'
}

type Bracket = { [End in 'good' | 'bad']?: Pick<FoundStep, 'offeredPerSecond'> | undefined }

/**
 * Rates of the first and the last step of a ramp that tells more: within the bracket and a little above it,
 * where two steps have to break, or above a ramp that broke nothing.
 */
export function narrowerRamp({ good, bad }: Bracket): { from: number; to: number } {
  const top = bad?.offeredPerSecond ?? 2 * (good?.offeredPerSecond ?? 1)
  const from = good?.offeredPerSecond ?? top / 10
  const to = bad ? top + (top - from) / 2 : top
  return { from: Math.max(1, Math.round(from)), to: Math.max(2, Math.round(to)) }
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
