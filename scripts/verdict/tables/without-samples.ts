import type { JudgedRun } from '../judge-run.ts'
import type { LoadDelivery } from '../rules/load-delivered.ts'
import type { RunSeries } from './run-series.ts'

/** Where the numbers of a verdict come from that was made without the samples of the run; plain JSON. */
export interface VerdictSource {
  kind: 'k6 cloud' | 'prometheus'
  /** The run as a page of that service, if it has one. */
  url?: string
  /** What is known in place of load, generator and samples: a name and what it is. */
  facts: [name: string, value: string][]
}

type Unmeasured = Pick<
  JudgedRun,
  'delivery' | 'endpoints' | 'generator' | 'samples' | 'series' | 'causes' | 'diagnosis'
>

/** Seconds of the run, and how it ended. */
export type RunLength = Pick<LoadDelivery, 'elapsedSeconds' | 'plannedSeconds' | 'end'> & {
  startMs: number
}

/**
 * The parts of a judged run that only its samples could fill, empty. Whoever uses it sets `source`: the
 * reports then show that instead of these zeros.
 */
export function withoutSamples({ startMs, ...length }: RunLength): Unmeasured {
  return {
    delivery: {
      ...length,
      iterations: 0,
      interruptedIterations: 0,
      droppedIterations: 0,
      scriptExceptions: 0,
      authFailures: 0,
    },
    endpoints: [],
    generator: {
      judgedSeconds: 0,
      seconds: {
        k6: 0,
        machine: 0,
        saturated: 0,
        starved: 0,
        full: 0,
        collecting: 0,
        unproven: 0,
      },
      cpus: 0,
      clockJumpMs: 0,
      faults: [],
      notes: [],
    },
    samples: {
      rows: 0,
      csvBytes: 0,
      parquetBytes: 0,
      rejectedLines: 0,
      firstRejected: [],
      isTorn: false,
      columns: [],
      renamedTags: {},
    },
    series: emptySeries(startMs),
    causes: [],
    diagnosis: [],
  }
}

function emptySeries(startMs: number): RunSeries {
  return {
    timeline: {
      startMs,
      stepSeconds: 1,
      step: [],
      users: [],
      requestsPerSecond: [],
      errorsPerSecond: [],
      droppedPerSecond: [],
      p50Ms: [],
      p95Ms: [],
      p99Ms: [],
    },
    heatMap: { stepSeconds: 1, bucketsMs: [], cells: [] },
    percentiles: [],
    breakdowns: [],
    errors: [],
    rejections: [],
  }
}
