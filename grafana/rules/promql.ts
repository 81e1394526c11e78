import type { Window } from './settings.ts'

/** What every recorded series is kept by; everything else is summed away. */
export const RUN_LABELS: readonly string[] = ['testid', 'workload']

/** For `on (...)`: the run that a series belongs to. */
export const ON_RUN = `on (${RUN_LABELS.join(', ')})`

/** Text of a label's value or any other PromQL string, in quotes. */
export function quoted(text: string): string {
  return JSON.stringify(text)
}

/** Any of some texts as a regular expression, in quotes. */
export function anyOf(texts: readonly string[]): string {
  return quoted(texts.map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'))
}

/** `{a="b",c!="d"}` of matchers. */
export function selector(matchers: readonly string[]): string {
  return `{${matchers.join(',')}}`
}

/** Phases of a run in steps (`breakpoint`): its load rises until something breaks, which is no incident. */
export const STEPS = '(step|settling)-.*'

/** Samples that objectives judge. */
export const JUDGED: readonly string[] = ['judged="yes"', `phase!~"${STEPS}"`]

/** Requests that did not fail, as the verdict has it: a script may tell k6 to expect nothing. */
export const SUCCEEDED: readonly string[] = ['expected_response!="false"', 'status=~"[23].."']

export const EXPECTED: readonly string[] = ['expected_response="true"']

/** `sum by (testid, workload, ...) (expr)` */
function sumBy(labels: readonly string[], expr: string): string {
  return `sum by (${labels.join(', ')}) (${expr})`
}

/**
 * How much counters of k6 grew within a window. They begin at 0 with their run, which `increase()` cannot
 * know: it leaves the first push of every series out, and with it a whole burst of errors. So: minus the
 * value a window ago; else minus the last value within an hour, for what k6 does not push while nothing
 * happens, and Prometheus forgets after five minutes; else all of it. Less than before is another run under
 * the same labels, and counts from 0 as well.
 */
export function grown(series: string, window: Window, by: readonly string[]): string {
  return sumBy(
    by,
    `(${series} - ${series} offset ${window} >= 0)
  or (${series} - max_over_time(${series}[1h:5m] offset ${window}) >= 0)
  or ${series}`,
  )
}

/** Share of what is not good; also while the other kind has no series yet. */
export function badRatio(good: string, all: string): string {
  return `1 - ((${good}) or 0 * (${all})) / ((${all}) > 0)`
}

/** Rate of the latency histograms of requests, over a window. */
export function latencyRate(
  matchers: readonly string[],
  window: Window,
  by: readonly string[],
): string {
  return durationRate('http_req_duration', matchers, { window, by })
}

/** Rate of the histograms of a trend of k6 that is a time. */
export function durationRate(
  trend: string,
  matchers: readonly string[],
  { window, by }: { window: Window; by: readonly string[] },
): string {
  return sumBy(by, `rate(k6_${trend}_seconds${selector(matchers)}[${window}])`)
}
