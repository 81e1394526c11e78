// A whole verdict for the tests of this folder; nothing in it depends on the machine or the day.
import { createPlan } from '../sla/example.ts'
import type { Judgement } from '../../../scripts/verdict/verdict.ts'
import type { VerdictFile } from '../../../scripts/verdict/verdict-file.ts'
import { createRow, saying } from './example-rows.ts'

export const START_MS = 1_795_274_766_000

const RUN: VerdictFile['run'] = {
  id: '20261121-084604-load-7f3a',
  command: 'npm run k6 -- load --users 100',
  scenario: 'load',
  workload: 'better-prompts',
  settings: { scenario: 'load', timeScale: 0.1, seed: 7 },
  plan: createPlan({ profile: 'peak', profiles: ['normal', 'peak'] }),
  target: { base: 'http://127.0.0.1:8640', byRegion: {}, sandbox: true },
  versions: { toolkit: '0.1.0', node: '20.20.2', k6: 'v2.2.0', k6Source: 'cache' },
  git: { commit: '2af31a80512632bba6b7f4a9b26b7f4324a265a9', changed: false },
  host: { name: 'runner', platform: 'linux-x64', cpus: 2, cpuModel: 'example', memoryBytes: 8e9 },
  k6Environment: {},
  startedAt: '2026-11-21T08:46:04.000Z',
  endedAt: '2026-11-21T08:47:46.000Z',
  instances: [{ exitCode: 0 }],
}

/** Every verdict that a run may have, and every mark of it, best first. */
export const JUDGEMENTS: readonly Judgement[] = [
  { verdict: 'PASS' },
  { verdict: 'PASS', isClose: true },
  { verdict: 'NO_DATA' },
  { verdict: 'FAIL', isClose: true },
  { verdict: 'FAIL' },
  { verdict: 'INVALID' },
]

/** A run of 100 s with one objective that holds. */
export function createVerdict(changes: Partial<VerdictFile> = {}): VerdictFile {
  return {
    format: 2,
    run: RUN,
    verdict: 'PASS',
    objectives: [createRow()],
    reasons: [],
    delivery: {
      iterations: 12_345,
      interruptedIterations: 0,
      droppedIterations: 5,
      deliveredRatio: 0.9996,
      usersReached: 100,
      usersPlanned: 100,
      scriptExceptions: 0,
      authFailures: 0,
      elapsedSeconds: 100.4,
      plannedSeconds: 100,
      end: 'complete',
    },
    endpoints: [
      {
        endpoint: 'GET /v1/history',
        count: 2_000,
        ratePerSecond: 20,
        ...quick,
        errors: 0,
        errorRatio: 0,
      },
      {
        endpoint: 'POST /v1/enhance',
        count: 10_000,
        ratePerSecond: 100,
        ...slow,
        errors: 5,
        errorRatio: 0.0005,
      },
      { endpoint: 'POST /v1/batch', count: 0, ratePerSecond: 0, errors: 0 },
    ],
    ...measured(),
    causes: [],
    diagnosis: [],
    errors: [],
    ...changes,
  }
}

const quick = { p50Ms: 2.5, p95Ms: 9.25, p99Ms: 20 }
const slow = { p50Ms: 80, p95Ms: 151.5, p99Ms: 612.5 }

function measured(): Pick<VerdictFile, 'series' | 'generator' | 'samples'> {
  return {
    series: {
      timeline: {
        startMs: START_MS,
        stepSeconds: 50,
        step: [0, 1],
        users: [100, 100],
        requestsPerSecond: [120, 120],
        errorsPerSecond: [0, 0.1],
        droppedPerSecond: [0, 0.1],
        p50Ms: [80, 80],
        p95Ms: [150, 152],
        p99Ms: [600, 620],
      },
      heatMap: { stepSeconds: 50, bucketsMs: [64, 76], cells: [[0, 0, 10]] },
      percentiles: [{ percentile: 50, ms: 80 }],
      breakdowns: [],
      errors: [],
      rejections: [],
    },
    generator: {
      judgedSeconds: 60,
      seconds: {
        k6: 60,
        machine: 60,
        saturated: 0,
        starved: 0,
        full: 0,
        collecting: 0,
        unproven: 0,
      },
      cpus: 2,
      clockJumpMs: 0,
      faults: [],
      notes: [],
    },
    samples: {
      rows: 170_000,
      csvBytes: 20e6,
      parquetBytes: 1.2e6,
      rejectedLines: 0,
      firstRejected: [],
      isTorn: false,
      columns: ['metric', 'end_us', 'value', 'name'],
      renamedTags: {},
    },
  }
}

/** Text that is markup, a mention or a formula somewhere, with characters that no document may hold. */
export const HOSTILE =
  'a|b `c` <img src=x onerror=1> @team #1 <!channel> ]]> *x* & "q"\n## h\r\n\u0000\u0007\u001b[31m\uD800\uFFFE $x$'

/** A verdict whose every text is hostile. */
export function hostileVerdict(): VerdictFile {
  const file = createVerdict()
  const row = createRow({ id: HOSTILE, description: HOSTILE, indicator: HOSTILE, limit: HOSTILE })
  return createVerdict({
    verdict: 'FAIL',
    run: { ...RUN, id: HOSTILE, scenario: HOSTILE, workload: HOSTILE, command: HOSTILE },
    objectives: [{ ...row, verdict: 'FAIL', reason: saying(HOSTILE) }],
    reasons: [saying(HOSTILE), saying(HOSTILE)],
    endpoints: file.endpoints.map((each) => ({ ...each, endpoint: HOSTILE })),
    causes: [],
    diagnosis: [{ id: HOSTILE, title: HOSTILE, text: HOSTILE, advice: HOSTILE, severity: 'info' }],
    errors: [HOSTILE],
  })
}
