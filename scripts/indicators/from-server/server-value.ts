import { highestRate, meanRate } from '../../statistics/counter.ts'
import type { ServerStatistic } from '../indicator.ts'
import type { ServerCourse } from './server-course.ts'

/** Of a rate that is looked for its highest: one second says little of a counter that is read once a second. */
export const RATE_WINDOW_SECONDS = 5

/** The statistic of a course, in the server's unit; undefined where it has too few points. */
export function serverValue(
  course: ServerCourse,
  statistic: ServerStatistic,
  isCounter: boolean,
): number | undefined {
  const values = course.points.map(({ value }) => value)
  const last = values.at(-1)
  if (last === undefined) return undefined
  switch (statistic) {
    case 'max':
      return values.reduce((most, each) => Math.max(most, each))
    case 'min':
      return values.reduce((least, each) => Math.min(least, each))
    case 'mean':
      return values.reduce((sum, each) => sum + each, 0) / values.length
    case 'last':
      return last
    case 'growth':
      return values.length < 2 ? undefined : growth(course, isCounter)
    case 'rate':
      return overallRate(course)
    case 'max-rate':
      return most(course.counted.flatMap((part) => highestRate(part, RATE_WINDOW_SECONDS) ?? []))
  }
}

function growth({ points, counted }: ServerCourse, isCounter: boolean): number {
  if (isCounter) return counted.reduce((sum, part) => sum + (part.at(-1)?.counted ?? 0), 0)
  return (points.at(-1)?.value ?? 0) - (points[0]?.value ?? 0)
}

// Each part counts as long as it is.
function overallRate({ counted }: ServerCourse): number | undefined {
  const parts = counted.flatMap((part) => {
    const rate = meanRate(part)
    const ms = (part.at(-1)?.atMs ?? 0) - (part[0]?.atMs ?? 0)
    return rate === undefined ? [] : [{ rate, ms }]
  })
  const total = parts.reduce((sum, { ms }) => sum + ms, 0)
  if (total === 0) return undefined
  return parts.reduce((sum, { rate, ms }) => sum + rate * ms, 0) / total
}

function most(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : Math.max(...values)
}
