/** Where the truth probably is, in the unit of the estimate. */
export interface Interval {
  low: number
  high: number
}
