// Pure. The Universal Scalability Law, fitted to the throughput of some numbers of replicas.
import { createRandom } from '../../lib/random.ts'
import type { Interval } from '../statistics/percentile-interval.ts'
import { quantile } from '../statistics/quantile.ts'
import { type Estimate, relativeReach } from './throughput.ts'

/** X(n) = lambda n / (1 + sigma (n - 1) + kappa n (n - 1)). */
export interface Law {
  /** What one replica alone gets done in a second. */
  lambda: number
  /** Contention: the part that only one replica can do at a time. */
  sigma: number
  /** Coherency: what each replica loses to agree with each other one. */
  kappa: number
}

/** A law, and how sure its numbers are. */
export interface FittedLaw extends Law {
  /** 90 % intervals. */
  intervals: Record<keyof Law, Interval>
  /** The number of replicas with the most throughput; undefined where more are always more. */
  peak?: number
}

export interface Point {
  replicas: number
  throughput: Estimate
}

const POINTS_MIN = 3

const RESAMPLES = 1_000

/**
 * Fits the law by least squares of the relative errors, with sigma and kappa of at least 0. Turned around, n / X(n) is
 * linear in 1 / lambda, sigma / lambda and kappa / lambda. The intervals are those of fits to throughputs that are drawn
 * from theirs (parametric bootstrap), from the 5th to the 95th percentile.
 *
 * Sources: Gunther, "A Simple Capacity Model of Massively Parallel Transaction Systems", CMG 1993, and "Guerrilla
 * Capacity Planning", 2007; Efron and Tibshirani, "An Introduction to the Bootstrap", 1993.
 *
 * @returns undefined for fewer than three numbers of replicas: they determine no law
 */
export function fitLaw(points: readonly Point[]): FittedLaw | undefined {
  if (new Set(points.map(({ replicas }) => replicas)).size < POINTS_MIN) return undefined
  const measured = points.map(({ replicas, throughput }) => [replicas, throughput.value] as const)
  const law = leastSquares(measured)
  const draws = resampled(points).map(leastSquares)
  const intervalOf = (name: keyof Law): Interval => {
    const values = draws.map((each) => each[name]).sort((a, b) => a - b)
    return { low: quantile(values, 0.05), high: quantile(values, 0.95) }
  }
  const intervals = {
    lambda: intervalOf('lambda'),
    sigma: intervalOf('sigma'),
    kappa: intervalOf('kappa'),
  }
  const peak = peakOf(law)
  return { ...law, intervals, ...(peak !== undefined && { peak }) }
}

/** Throughput of so many replicas by a law. */
export function throughputBy({ lambda, sigma, kappa }: Law, n: number): number {
  return (lambda * n) / (1 + sigma * (n - 1) + kappa * n * (n - 1))
}

function peakOf({ sigma, kappa }: Law): number | undefined {
  if (kappa === 0) return undefined
  return Math.max(1, Math.sqrt(Math.max(0, 1 - sigma) / kappa))
}

type Measured = readonly (readonly [n: number, x: number])[]

/** Sigma and kappa may each be bound to 0: of these four fits the best that has no negative number. */
function leastSquares(points: Measured): Law {
  const fits = [[1, 2], [1], [2], []].flatMap((free) => {
    const terms = [0, ...free]
    const rows = points.map(([n, x]) => {
      const all = [1, n - 1, n * (n - 1)]
      // Divided by n / x, so that every point counts by its relative error.
      return terms.map((term) => ((all[term] ?? 0) * x) / n)
    })
    const found = solve(rows)
    if (!found || found.some((value) => value < 0)) return []
    const error = rows.reduce((sum, row) => sum + (dot(row, found) - 1) ** 2, 0)
    const all = [0, 1, 2].map((term) => found[terms.indexOf(term)] ?? 0)
    return [{ all, error }]
  })
  const [a = NaN, b = 0, c = 0] = fits.sort((one, other) => one.error - other.error)[0]?.all ?? []
  return { lambda: 1 / a, sigma: b / a, kappa: c / a }
}

function dot(row: readonly number[], values: readonly number[]): number {
  return row.reduce((sum, each, at) => sum + each * (values[at] ?? 0), 0)
}

/** Least squares of rows times values to 1, by the normal equations; undefined where they are singular. */
function solve(rows: readonly number[][]): number[] | undefined {
  const size = rows[0]?.length ?? 0
  const column = (at: number): number[] => rows.map((row) => row[at] ?? 0)
  const sides = Array.from({ length: size }, (_, i) => [
    ...Array.from({ length: size }, (_, j) => dot(column(i), column(j))),
    column(i).reduce((sum, each) => sum + each, 0),
  ])
  for (let i = 0; i < size; i++) {
    const pivot = sides[i]?.[i] ?? 0
    if (Math.abs(pivot) < 1e-12) return undefined
    sides[i] = (sides[i] ?? []).map((each) => each / pivot)
    for (let j = 0; j < size; j++) {
      const factor = sides[j]?.[i] ?? 0
      if (j !== i)
        sides[j] = (sides[j] ?? []).map((each, at) => each - factor * (sides[i]?.[at] ?? 0))
    }
  }
  return sides.map((side) => side[size] ?? 0)
}

/** The same draws for the same points: a report that is made again says the same. */
function resampled(points: readonly Point[]): Measured[] {
  const random = createRandom(1)
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  // Half of a 90 % interval is 1.645 standard errors.
  const errors = points.map(({ throughput }) => relativeReach(throughput) / 1.645)
  return Array.from({ length: RESAMPLES }, () =>
    points.map(({ replicas, throughput }, at) => {
      return [replicas, throughput.value * Math.exp((errors[at] ?? 0) * normal())] as const
    }),
  )
}
