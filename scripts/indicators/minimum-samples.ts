/** At least this many samples must lie above a percentile. */
const SAMPLES_ABOVE = 10

/**
 * Fewest samples that a percentile can be judged with: n(1-p) >= 10, so 200 for p95.
 *
 * @param percentile above 0 and below 100
 */
export function minimumSamples(percentile: number): number {
  // 10000.0000000006 is what floating point makes of p99.9.
  return Math.ceil((SAMPLES_ABOVE * 100) / (100 - percentile) - 1e-6)
}
