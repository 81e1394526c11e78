import type { Interval } from './percentile-interval.ts'

/**
 * How two values differ. `ratio`: by the logarithm of their ratio, so that twice and half are as far from
 * the same. `points`: by subtraction, for shares, whose usual value is 0 and has no logarithm.
 */
export type DifferenceScale = 'ratio' | 'points'

/** A share of requests matters sooner than a share of their time: 2 % becomes 0.1 points. */
const POINTS_PER_SHARE = 1 / 20

/**
 * The difference of candidate and baseline, positive where the candidate has more; undefined where there
 * is none: a value is missing, or a ratio of zero is asked for.
 */
export function differenceOf(
  scale: DifferenceScale,
  baseline: number | undefined,
  candidate: number | undefined,
): number | undefined {
  if (baseline === undefined || candidate === undefined) return undefined
  if (scale === 'points') return candidate - baseline
  return baseline > 0 && candidate > 0 ? Math.log(candidate / baseline) : undefined
}

/** What "so much more", such as 0.02 (2 %), means on a scale. */
export function onScale(scale: DifferenceScale, share: number): number {
  return scale === 'ratio' ? Math.log1p(share) : share * POINTS_PER_SHARE
}

/** `+4.2%`, or `+0.15 points` of a share. */
export function formatDifference(scale: DifferenceScale, difference: number): string {
  return `${signed(scale, difference)}${scale === 'ratio' ? '%' : ' points'}`
}

/** `+1.2% to +3.4%`, or `-0.1 to +0.15 points`. */
export function formatDifferences(scale: DifferenceScale, { low, high }: Interval): string {
  const unit = scale === 'ratio' ? '%' : ''
  return `${signed(scale, low)}${unit} to ${formatDifference(scale, high)}`
}

function signed(scale: DifferenceScale, difference: number): string {
  const amount = 100 * (scale === 'ratio' ? Math.expm1(difference) : difference)
  const digits = scale === 'points' ? 2 : Math.abs(amount) < 10 ? 1 : 0
  const text = String(Number(Math.abs(amount).toFixed(digits)))
  return text === '0' ? text : `${amount < 0 ? '-' : '+'}${text}`
}
