// Whole operations, whatever protocol they speak, from their native histograms.
import { having, ITERATIONS } from './selectors.ts'
import { ratioOf } from './ratio.ts'

const OPERATIONS = ITERATIONS + having('operation')

const durations = (matchers: string): string =>
  `sum by (operation) (rate(k6_operation_duration_seconds{${matchers}}[$__rate_interval]))`

/** Operations that ended, per second. */
export const operationRate = `histogram_count(${durations(OPERATIONS)})`

/** Share of operations that failed, 0 to 1; 0 before the first failure. */
export const operationErrorRatio = ratioOf(
  `histogram_count(${durations(`${OPERATIONS}, expected_response="false"`)})`,
  operationRate,
)

/** A percentile (0 to 1) of operations that did not fail. */
export const operationPercentile = (quantile: number): string =>
  `histogram_quantile(${quantile}, ${durations(`${OPERATIONS}, expected_response="true"`)})`
