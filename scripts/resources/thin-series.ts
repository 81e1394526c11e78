/** Values at moments, with a bound on how many are kept. */
export interface KeptSeries {
  atMs: number[]
  values: number[]
}

/**
 * Adds a value. Beyond so many points each two neighbours become one, the higher of both: half the resolution, and no
 * peak is lost.
 */
export function addPoint(series: KeptSeries, point: { atMs: number; value: number }, most: number) {
  series.atMs.push(point.atMs)
  series.values.push(point.value)
  if (series.atMs.length > most) halve(series)
}

/** A series with at most so many points. */
export function thinSeries({ atMs, values }: KeptSeries, most: number): KeptSeries {
  const series = { atMs: [...atMs], values: [...values] }
  while (series.atMs.length > most) halve(series)
  return series
}

function halve(series: KeptSeries): void {
  const { atMs, values } = series
  const kept = values.flatMap((value, index) => {
    if (index % 2 === 1) return []
    const next = values[index + 1] ?? -Infinity
    return [next > value ? index + 1 : index]
  })
  series.atMs = kept.map((index) => atMs[index] ?? 0)
  series.values = kept.map((index) => values[index] ?? 0)
}
