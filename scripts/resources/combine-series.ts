import { increase } from '../statistics/counter.ts'
import type { KeptSeries } from './host-file.ts'

/** Several series as one: what they say together at each moment. */
export function sumOf(series: readonly KeptSeries[]): KeptSeries {
  const totals = new Map<number, number>()
  for (const { atMs, values } of series) {
    for (const [index, ms] of atMs.entries()) {
      totals.set(ms, (totals.get(ms) ?? 0) + (values[index] ?? 0))
    }
  }
  const moments = [...totals].sort(([one], [other]) => one - other)
  return { atMs: moments.map(([ms]) => ms), values: moments.map(([, value]) => value) }
}

/** A counter, per second from each of its moments to the next. */
export function ratesOf({ atMs, values }: KeptSeries): KeptSeries {
  const rates = values.slice(1).map((value, index) => {
    const seconds = ((atMs[index + 1] ?? 0) - (atMs[index] ?? 0)) / 1_000
    return increase(values[index] ?? 0, value) / Math.max(0.001, seconds)
  })
  return { atMs: atMs.slice(1), values: rates }
}
