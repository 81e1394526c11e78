import type { Unit } from '../core/limit.ts'
import { type DifferenceScale, onScale } from '../statistics/difference-scale.ts'
import { type DifferenceEstimate, differenceEstimate } from '../statistics/estimate-difference.ts'
import type { Estimate } from '../statistics/percentile-interval.ts'

/** A hint, never a verdict. `~`: nothing to see; empty where neither side is the better one. */
export type Hint = 'worse' | 'better' | '~' | ''

/** One number on both sides. */
export interface ComparedRow {
  /** Objective, or endpoint. */
  name: string
  indicator: string
  unit: Unit
  scale: DifferenceScale
  baseline?: number
  candidate?: number
  difference?: DifferenceEstimate
  hint: Hint
}

/**
 * How much the whole interval must differ to be called worse or better. Two runs of the same code differ
 * "significantly" in more than half of all cases; with this they still do in 5 to 8 %.
 */
const HINT_MARGIN = 0.05

export interface RowInput extends Pick<ComparedRow, 'name' | 'indicator' | 'unit'> {
  before: Estimate | undefined
  now: Estimate | undefined
  better: 'low' | 'high' | 'neither'
}

/** Works the difference of both sides out. */
export function comparedRow({ name, indicator, unit, before, now, better }: RowInput): ComparedRow {
  const scale = unit === 'ratio' ? 'points' : 'ratio'
  const difference = differenceEstimate(scale, before, now)
  return {
    name,
    indicator,
    unit,
    scale,
    ...(before && { baseline: before.value }),
    ...(now && { candidate: now.value }),
    ...(difference && { difference }),
    hint: hintOf(scale, difference, better),
  }
}

function hintOf(
  scale: DifferenceScale,
  difference: DifferenceEstimate | undefined,
  better: RowInput['better'],
): Hint {
  if (!difference?.interval || better === 'neither') return ''
  const margin = onScale(scale, HINT_MARGIN)
  const { low, high } = difference.interval
  if (low > margin) return better === 'low' ? 'worse' : 'better'
  if (high < -margin) return better === 'low' ? 'better' : 'worse'
  return '~'
}

/** The run before, and how its objectives differed. Plain JSON; INDICATIVE, as single runs are. */
export interface SinceLastRun {
  id: string
  startedAt: string
  /** As people read it: `PASS (close)`. */
  verdict: string
  /** What besides the target's code was not the same. */
  warnings: string[]
  objectives: ComparedRow[]
}
