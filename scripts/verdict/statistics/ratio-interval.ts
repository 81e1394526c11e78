import type { Interval } from './interval.ts'
import { normalQuantile } from './normal.ts'

/** What was counted in one second. */
export interface CountBlock {
  /** Such as failed requests. */
  events: number
  /** Such as requests. */
  total: number
}

export interface RatioEstimate {
  /** Events of the total, 0 to 1. */
  ratio: number
  /** 90 %. */
  interval: Interval
  /** How many times more the ratio varies than if all requests were independent; at least 1. */
  designEffect: number
}

/** 1.645: the truth is above the interval in 5 % of the runs, and below it in 5 %. */
const Z = normalQuantile(0.95)

/**
 * The 90 % interval of a ratio of counts, where failures may come in bursts. Undefined without requests.
 *
 * The variance is that of the delta method, with whole seconds as the units that vary (Deng, Knoblich and
 * Lu, "Applying the Delta Method in Metric Analytics", KDD 2018). It says to how many independent requests
 * the run amounts, and Wilson's score interval is taken for that number (Wilson, JASA 22(158), 1927; with
 * an effective number: Kott and Carr, Journal of Official Statistics 13(4), 1997). So the interval stays
 * within 0 and 1, and no failure at all, or as many in every second, is no proof of a variance of 0:
 * then as in all cases the interval is at least that of independent requests.
 *
 * @param blocks of one second each; a single one cannot tell a burst, and is taken as independent requests
 */
export function ratioInterval(blocks: readonly CountBlock[]): RatioEstimate | undefined {
  const events = blocks.reduce((sum, block) => sum + block.events, 0)
  const total = blocks.reduce((sum, block) => sum + block.total, 0)
  if (total === 0) return undefined
  const ratio = events / total
  const independent = (ratio * (1 - ratio)) / total
  const designEffect =
    independent === 0 ? 1 : Math.max(1, deltaVariance(blocks, ratio, total) / independent)
  return { ratio, interval: wilsonInterval(ratio, total / designEffect), designEffect }
}

function deltaVariance(blocks: readonly CountBlock[], ratio: number, total: number): number {
  const count = blocks.filter((block) => block.total > 0).length
  if (count < 2) return 0
  const squares = blocks.reduce((sum, block) => sum + (block.events - ratio * block.total) ** 2, 0)
  return ((count / (count - 1)) * squares) / total ** 2
}

function wilsonInterval(ratio: number, count: number): Interval {
  const shrink = 1 + Z ** 2 / count
  const centre = (ratio + Z ** 2 / (2 * count)) / shrink
  const reach = (Z / shrink) * Math.sqrt((ratio * (1 - ratio)) / count + (Z / (2 * count)) ** 2)
  return { low: Math.max(0, centre - reach), high: Math.min(1, centre + reach) }
}
