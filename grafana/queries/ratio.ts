// Shapes that several queries share.

/** Per second, over a few pushes. `sum` adds scenarios, endpoints and instances up. */
export const perSecond = (metric: string, matchers: string, by?: string): string =>
  `sum${grouped(by)} (rate(${metric}{${matchers}}[$__rate_interval]))`

/**
 * What a counter reached, summed over its series. Exact also when the run has ended; `increase()` is not:
 * it loses what the first push brought.
 */
export const total = (metric: string, matchers: string, by?: string): string =>
  `sum${grouped(by)} (max_over_time(${metric}{${matchers}}[$__range]))`

/** The last value of a gauge in the time range: a run that has ended keeps its numbers. */
export const last = (metric: string, matchers: string, by: string): string =>
  `max by (${by}) (last_over_time(${metric}{${matchers}}[$__range]))`

/** `part` divided by `whole`; 0, and not empty, as long as there is no part. */
export const ratioOf = (part: string, whole: string): string =>
  `(${part} or 0 * ${whole}) / ${whole}`

const grouped = (by: string | undefined): string => (by === undefined ? '' : ` by (${by})`)
