// Pure. What the bad steps of a run look like together: its start, a period, a phase, or a growth.
import { median } from '../../statistics/quantile.ts'
import { ranks } from '../../statistics/signed-rank.ts'
import { type Course, groupsOf, type Step, type Steps, sumOf } from './course.ts'

/** The bad time begins so early that it is the start, seconds. */
const START_SECONDS = 3

/** Of the run: what lasts longer is no start. */
const START_SHARE_MAX = 0.4

/** Of the bad rows: the rest is chance. */
const MAIN_SHARE = 0.8

/** The steps of the start, where nearly all bad rows lie in the first group of steps. */
export function startOf({ steps, stepSeconds }: Course, some: Steps): Steps | undefined {
  const [group] = groupsOf(some)
  if (!group) return undefined
  const [first, last] = group
  if (first * stepSeconds > START_SECONDS || last + 1 > START_SHARE_MAX * steps.length)
    return undefined
  const inGroup = sumOf(steps.slice(first, last + 1)).bad
  return inGroup >= MAIN_SHARE * badIn(steps, some) ? new Set(rangeOf(first, last)) : undefined
}

/** Fewer moments have a regular distance by chance. */
const PERIODS_MIN = 3

/** Two distances are alike by chance more easily than many. */
const JITTER_SECONDS = { few: 1, many: 2 }

/** Shorter distances are no single events. */
const PERIOD_SECONDS_MIN = 4

/** Seconds from one moment to the next, where there are at least three at regular distances. */
export function periodOf(starts: readonly number[]): number | undefined {
  if (starts.length < PERIODS_MIN) return undefined
  const gaps = starts.slice(1).map((start, index) => start - (starts[index] ?? 0))
  const usual = median(gaps)
  const jitter = starts.length > PERIODS_MIN ? JITTER_SECONDS.many : JITTER_SECONDS.few
  const isRegular = gaps.every((gap) => Math.abs(gap - usual) <= jitter)
  return isRegular && usual >= PERIOD_SECONDS_MIN ? usual : undefined
}

/** When each group of some steps begins, seconds since the load began. */
export function startsOf({ steps }: Course, some: Steps): number[] {
  return groupsOf(some).map(([first]) => steps[first]?.at ?? 0)
}

/** Of a phase's steps. */
const PHASE_SHARE = 0.5

/** The phases that nearly all bad rows lie in, and that are bad through half of their time or more. */
export function phasesOf({ steps }: Course, some: Steps): string[] | undefined {
  const names = [...new Set(steps.map(({ phase }) => phase))]
  const bad = names.filter((name) => {
    const own = [...steps.keys()].filter((index) => steps[index]?.phase === name)
    return own.filter((index) => some.has(index)).length >= PHASE_SHARE * own.length
  })
  if (bad.length === 0 || bad.length === names.length) return undefined
  const inside = sumOf(
    steps.filter(({ phase }, index) => some.has(index) && bad.includes(phase)),
  ).bad
  return inside >= MAIN_SHARE * badIn(steps, some) ? bad : undefined
}

const SLICES = 12

/** Of the whole growth, which each quarter has to add: else it is a step. */
const QUARTER_SHARE = 0.1

const RANK_CORRELATION_MIN = 0.7

/** How a quantity grew over the run, from its first quarter to its last. */
export interface Growth {
  first: number
  last: number
}

/**
 * The growth of a quantity that rises all through the run: each quarter lies above the one before, and
 * twelfths rise by Spearman's rank correlation ("The Proof and Measurement of Association between Two
 * Things", 1904). Undefined for a step, a burst, noise, or less than `timesMin`.
 *
 * @param of the quantity of some steps
 */
export function growthOf(
  steps: readonly Step[],
  of: (steps: readonly Step[]) => number,
  timesMin: number,
): Growth | undefined {
  if (steps.length < 2 * SLICES) return undefined
  const quarters = slicesOf(steps, 4).map(of)
  const [first = 0, , , last = 0] = quarters
  if (!(last > timesMin * first) || last <= 0) return undefined
  const rises = quarters.slice(1).map((value, index) => value - (quarters[index] ?? 0))
  if (rises.some((rise) => rise < QUARTER_SHARE * (last - first))) return undefined
  const order = ranks(slicesOf(steps, SLICES).map(of))
  return correlation(order) >= RANK_CORRELATION_MIN ? { first, last } : undefined
}

function slicesOf<T>(all: readonly T[], count: number): T[][] {
  return Array.from({ length: count }, (_, index) => {
    const at = (part: number): number => Math.round((part * all.length) / count)
    return all.slice(at(index), at(index + 1))
  })
}

// Of ranks with their places, 1 to n.
function correlation(order: readonly number[]): number {
  const mean = (order.length + 1) / 2
  const product = order.reduce((sum, rank, index) => sum + (rank - mean) * (index + 1 - mean), 0)
  return product / ((order.length * (order.length ** 2 - 1)) / 12)
}

function badIn(steps: readonly Step[], some: Steps): number {
  return sumOf(steps.filter((_, index) => some.has(index))).bad
}

function rangeOf(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}
