import type { RunSeries } from '../../../scripts/verdict/tables/run-series.ts'

export interface ExampleSeriesInput {
  startMs: number
  steps: number
  stepSeconds: number
  /** Rows of the breakdown and groups of errors. */
  endpoints: number
  /** Steps of the heat map, each with forty cells. @default 30 */
  heatSteps?: number
}

/** Series for tests, with full numbers as real runs have them. */
export function exampleSeries(input: ExampleSeriesInput): RunSeries {
  const { startMs, steps, stepSeconds, endpoints, heatSteps = 30 } = input
  const each = (value: (index: number) => number): number[] =>
    Array.from({ length: steps }, (_, index) => value(index))
  const wave = (index: number): number => 1 + Math.sin(index / 7) / 3
  const rows = Array.from({ length: endpoints }, (_, index) => ({
    endpoint: `operation-${index}`,
    count: 1_000 + index,
    ratePerSecond: 16.666666,
    p50Ms: 20.123456,
    p95Ms: 80.123456,
    p99Ms: 130.123456,
    errors: 0,
    errorRatio: 0,
  }))
  return {
    timeline: {
      startMs,
      stepSeconds,
      step: each((index) => index),
      users: each((index) => Math.min(500, 50 * index)),
      requestsPerSecond: each((index) => 500 * wave(index)),
      errorsPerSecond: each((index) => (index === 20 ? 3 : 0)),
      droppedPerSecond: each((index) => (index === 21 ? 12 : 0)),
      p50Ms: each((index) => 20.123456789 * wave(index)),
      p95Ms: each((index) => 90.123456789 * wave(index)),
      p99Ms: each((index) => 140.123456789 * wave(index)),
    },
    heatMap: {
      stepSeconds: (steps * stepSeconds) / heatSteps,
      bucketsMs: Array.from({ length: 40 }, (_, index) => 2 ** (index / 4)),
      cells: Array.from({ length: heatSteps * 40 }, (_, index) => {
        return [Math.floor(index / 40), index % 40, 1 + ((index * 7919) % 997)]
      }),
    },
    percentiles: [0, 10, 25, 50, 75, 90, 95, 97.5, 99, 99.5, 99.9, 99.95, 99.99, 100].map(
      (percentile, index) => ({ percentile, ms: 1.5 ** (index + 1) }),
    ),
    breakdowns: [{ tag: 'operation', rows }],
    errors: rows.map(({ endpoint }, index) => ({
      endpoint,
      status: index === 0 ? '0' : '503',
      ...(index === 0 && { errorCode: '1212' }),
      requests: 3 + index,
      firstAtMs: startMs + 20_000,
    })),
    rejections: [{ endpoint: 'operation-0', reason: 'no-answer', answers: 3 }],
  }
}
