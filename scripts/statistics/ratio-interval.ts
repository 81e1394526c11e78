import { sumError } from './batch-means.ts'
import type { Interval } from './percentile-interval.ts'
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
}

/** 1.645: the truth is above the interval in 5 % of the runs, and below it in 5 %. */
export const Z = normalQuantile(0.95)

/**
 * The 90 % interval of a ratio of counts, where failures may come in bursts. Undefined without requests.
 *
 * The variance is that of overlapping batch means (`sumError`). It says to how many independent requests the
 * run amounts, and Wilson's score interval is taken for that number (Wilson, JASA 22(158), 1927; with an
 * effective number: Kott and Carr, Journal of Official Statistics 13(4), 1997). So the interval stays within
 * 0 and 1, and no failure at all, or as many in every second, is no proof of a variance of 0: then as in all
 * cases the interval is at least that of independent requests.
 *
 * @param blocks of one second each, in order of time, silent ones included; a single one cannot tell a
 *   burst, and is taken as independent requests
 */
export function ratioInterval(blocks: readonly CountBlock[]): RatioEstimate | undefined {
  const events = blocks.reduce((sum, block) => sum + block.events, 0)
  const total = blocks.reduce((sum, block) => sum + block.total, 0)
  if (total === 0) return undefined
  const ratio = events / total
  const independent = total * ratio * (1 - ratio)
  const varying = sumError(blocks.map((block) => block.events - ratio * block.total))
  // How many times more the ratio varies than if all requests were independent.
  const designEffect = varying && independent > 0 ? varying.error ** 2 / independent : 1
  if (!varying || designEffect <= 1) {
    return { ratio, interval: wilsonInterval(ratio, total, Z) }
  }
  return { ratio, interval: wilsonInterval(ratio, total / designEffect, varying.reach) }
}

// What never happened, or always did, is an end by itself, whatever floating point makes of it.
function wilsonInterval(ratio: number, count: number, reach: number): Interval {
  const shrink = 1 + reach ** 2 / count
  const centre = (ratio + reach ** 2 / (2 * count)) / shrink
  const half =
    (reach / shrink) * Math.sqrt((ratio * (1 - ratio)) / count + (reach / (2 * count)) ** 2)
  return {
    low: ratio === 0 ? 0 : Math.max(0, centre - half),
    high: ratio === 1 ? 1 : Math.min(1, centre + half),
  }
}
