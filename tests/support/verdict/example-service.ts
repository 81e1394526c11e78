// A service with a known truth, for the rates of docs/verdict.md. The verdict of a run of it is computed from
// arrays by the same functions as from samples; verdict-rates.test.ts holds the two against each other.
import { createRandom, mixSeed } from '../../../lib/random.ts'
import type { Limit } from '../../../scripts/core/limit.ts'
import { minimumSamples } from '../../../scripts/indicators/missed-by-few.ts'
import { judgeLimit } from '../../../scripts/verdict/rules/judge-objective.ts'
import { judgeWindows } from '../../../scripts/verdict/rules/judge-windows.ts'
import { judgedWindows } from '../../../scripts/indicators/from-samples/judged-windows.ts'
import { normal } from '../statistics/example-series.ts'
import { type Interval, rankInterval } from '../../../scripts/statistics/percentile-interval.ts'
import { normalQuantile } from '../../../scripts/statistics/normal.ts'
import { quantileOfSorted } from '../../../scripts/statistics/quantile.ts'
import { windowSeconds, windowSlots } from '../../../scripts/indicators/from-samples/windows-of.ts'

export interface Service {
  seconds: number
  /** Of the whole run. */
  requests: number
  /** Standard deviation of the logarithms of single requests. */
  spread: number
  /** And of what all requests of a second share. @default 0 */
  secondSpread?: number
  /** How much of that is left in the next second, 0 to 1. @default 0 */
  correlation?: number
  /** Share of requests that take ten times as long. @default 0 */
  slowShare?: number
  /** Each minute the service stands still for so long. @default 0 */
  stallSeconds?: number
}

export const PERCENTILE = 95

/** The median response, in milliseconds. */
const MEDIAN_MS = 100

/** Latencies of each second of a run, in milliseconds. */
export function simulateRun(service: Service, seed: number): number[][] {
  const { seconds, requests, spread, secondSpread = 0, correlation = 0, slowShare = 0 } = service
  const { stallSeconds = 0 } = service
  const random = createRandom(mixSeed(seed, 77))
  const stallAt = random() * (60 - stallSeconds)
  let wave = normal(random)
  return Array.from({ length: seconds }, (_, second) => {
    if (second > 0) {
      wave = correlation * wave + Math.sqrt(1 - correlation ** 2) * normal(random)
    }
    return Array.from({ length: requests / seconds }, (__, index) => {
      const ms = MEDIAN_MS * Math.exp(secondSpread * wave + spread * normal(random))
      const usual = slowShare > 0 && random() < slowShare ? 10 * ms : ms
      // Who asks during a stall is answered when it is over.
      const leftSeconds = stallAt + stallSeconds - ((second % 60) + (index * seconds) / requests)
      const isStalled = leftSeconds > 0 && leftSeconds <= stallSeconds
      return isStalled ? leftSeconds * 1_000 + usual : usual
    })
  })
}

/** The true percentile; of many runs where no formula says it. */
export function trueMs(service: Service): number {
  const { spread, secondSpread = 0, slowShare = 0, stallSeconds = 0 } = service
  if (slowShare === 0 && stallSeconds === 0) {
    const all = Math.hypot(spread, secondSpread)
    return MEDIAN_MS * Math.exp(all * normalQuantile(PERCENTILE / 100))
  }
  const runs = Array.from({ length: 40 }, (_, seed) => simulateRun(service, 1e6 + seed))
  return quantileOfSorted(Float64Array.from(runs.flat(2)).sort(), PERCENTILE / 100)
}

export interface SimulatedVerdict {
  value: number
  interval: Interval
  isPass: boolean
  isClose: boolean
  /** Windows that miss the limit. */
  violating: number
  /** They mark the run. */
  isMarked: boolean
}

/** The verdict of a run for a limit on its p95. */
export function judgeSimulated(
  run: readonly (readonly number[])[],
  limitMs: number,
): SimulatedVerdict {
  const limit: Limit = { operator: '<', value: limitMs, unit: 'ms', text: `< ${limitMs}ms` }
  const share = PERCENTILE / 100
  const ordered = Float64Array.from(run.flat()).sort()
  const value = quantileOfSorted(ordered, share)
  const blocks = run.map((second) => {
    return { below: second.filter((ms) => ms <= value).length, total: second.length }
  })
  const ranks = rankInterval(blocks, share) ?? { low: 0, high: 1 }
  const interval = {
    low: quantileOfSorted(ordered, ranks.low),
    high: quantileOfSorted(ordered, ranks.high),
  }
  const { verdict, isClose = false } = judgeLimit(value, interval, limit)
  const windows = judgeWindows(windowsOf(run, limitMs), limit, undefined)
  return {
    value,
    interval,
    isPass: verdict === 'PASS',
    isClose: isClose || windows.isMissed,
    violating: windows.violating,
    isMarked: windows.isMissed,
  }
}

function windowsOf(run: readonly (readonly number[])[], limitMs: number) {
  const span = { startUs: 0, endUs: run.length * 1e6 }
  const lengthSeconds = windowSeconds(
    { seconds: run.length },
    {
      lengthSeconds: undefined,
      samples: run.flat().length,
      minimumSamples: minimumSamples(PERCENTILE),
    },
  )
  if (lengthSeconds === undefined) return { lengthSeconds: 0, values: [] }
  const slots = windowSlots({ spans: [span] }, lengthSeconds)
  const counts = slots.flatMap(({ number }) => {
    const all = run.slice(number * lengthSeconds, (number + 1) * lengthSeconds).flat()
    if (all.length === 0) return []
    const ordered = Float64Array.from(all).sort()
    const value = quantileOfSorted(ordered, PERCENTILE / 100)
    return [{ number, samples: all.length, bad: all.filter((ms) => ms >= limitMs).length, value }]
  })
  const timeline = [{ name: 'hold', ...span, fromTarget: 1, target: 1 }]
  const allowed = 1 - PERCENTILE / 100
  return judgedWindows(slots, counts, { lengthSeconds, allowed, timeline, isWhole: true })
}
