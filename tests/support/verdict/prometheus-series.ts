// A run as Prometheus has it, and how it is judged, for the tests of this folder.
import type { RunPlan } from '../../../lib/plan.ts'
import type {
  LastValue,
  RunInPrometheus,
} from '../../../scripts/indicators/from-series/run-series.ts'
import { compileAll, createPlan } from '../sla/example.ts'
import type { JudgedRun } from '../../../scripts/verdict/judge-run.ts'
import { judgeInPrometheus } from '../../../scripts/verdict-from-prometheus/judge-in-prometheus.ts'

/** Of the load, in seconds since 1970. */
export const START = 1_800_000_000
export const SECONDS = 60

export const LABELS = {
  scenario: 'load',
  judged: 'yes',
  phase: 'hold',
  testid: 'run',
  name: 'GET /x',
}

/** 1,000 requests, 100 of which took 0.19 to 0.207 s and the others 0.1 to 0.109 s. */
export function createRun(part: Partial<RunInPrometheus> = {}): RunInPrometheus {
  const users = Array.from({ length: SECONDS + 1 }, (_, at) => [START + at, 10] as const)
  return {
    url: 'http://127.0.0.1:9090',
    testid: 'run',
    processes: [{ labels: {}, users }],
    firstSeconds: START,
    lastSeconds: START + SECONDS,
    values: new Map([
      ['k6_http_reqs_total', requests(1_000, 0)],
      ['k6_iterations_total', [{ labels: LABELS, value: 1_000 }]],
      ['k6_vus_max', [{ labels: {}, value: 10 }]],
    ]),
    histograms: new Map([
      [
        'http_req_duration_seconds',
        [
          {
            labels: { ...LABELS, expected_response: 'true' },
            histogram: {
              count: 1_000,
              sum: 110,
              buckets: [
                { lower: 0.1, upper: 0.109, count: 900 },
                { lower: 0.19, upper: 0.207, count: 100 },
              ],
            },
          },
        ],
      ],
    ]),
    generator: [],
    ...part,
  }
}

/** Counters of so many judged requests, and of some that are not judged. */
export function requests(good: number, bad: number): LastValue[] {
  return [
    { labels: { ...LABELS, expected_response: 'true' }, value: good },
    { labels: { ...LABELS, expected_response: 'false', status: '500' }, value: bad },
    // Log-ins and warm-up are not judged.
    { labels: { ...LABELS, judged: 'no', operation: 'auth' }, value: 50 },
    { labels: { ...LABELS, judged: 'no', phase: 'warm-up' }, value: 70 },
  ]
}

const PLAN = createPlan({
  model: 'closed',
  target: 10,
  phases: [{ name: 'hold', startSeconds: 0, endSeconds: SECONDS, target: 10 }],
  durationSeconds: SECONDS,
  endpoints: ['GET /x'],
})

/** Judges the run by one objective, as it stands in an SLA file. */
export function judged(
  objective: Record<string, unknown>,
  part: Partial<RunInPrometheus> = {},
  changes: Partial<RunPlan> = {},
): JudgedRun {
  const run = createRun(part)
  const plan = { ...PLAN, ...changes }
  const objectives = compileAll([{ id: 'it', ...objective }], plan)
  const known = { startMs: START * 1_000, cpus: 2, isEnded: true, stoppedByUser: false, faults: [] }
  return judgeInPrometheus({ run, plan, objectives, metrics: {}, ...known })
}
