import type { EndpointRow } from '../../../scripts/verdict/tables/endpoint-table.ts'
import { reason, ofObjective } from '../../../scripts/reasons/reasons.ts'
import type { VerdictFile } from '../../../scripts/verdict/verdict-file.ts'
import { exampleObjectives, WINDOWS_MISSED } from './example-objectives.ts'
import { exampleSeries } from './example-series.ts'

const START = Date.parse('2026-11-21T16:00:00Z')

const DELIVERY: VerdictFile['delivery'] = {
  iterations: 30_000,
  interruptedIterations: 0,
  droppedIterations: 12,
  deliveredRatio: 0.9996,
  usersReached: 500,
  usersPlanned: 500,
  scriptExceptions: 0,
  authFailures: 0,
  elapsedSeconds: 60,
  plannedSeconds: 60,
  end: 'complete',
}

const GENERATOR: VerdictFile['generator'] = {
  judgedSeconds: 60,
  seconds: {
    k6: 60,
    machine: 60,
    saturated: 0,
    starved: 1,
    full: 1,
    collecting: 0,
    unproven: 0,
  },
  cpus: 2,
  k6CpuCores: { median: 0.4, peak: 1.1 },
  k6MemoryBytes: { median: 1.2e9, peak: 1.8e9 },
  clockJumpMs: 0,
  faults: [],
  notes: [reason('GENERATOR_K6_UNREAD', { seconds: 20, of: 60 })],
  perSecond: Array.from({ length: 60 }, (_, index) => ({
    atMs: START + (index + 1) * 1_000,
    k6Cpu: 0.4,
    sandboxCpu: 0.3,
    othersCpu: index === 20 ? 1.3 : 0.1,
    idleCpu: index === 20 ? 0 : 1.2,
    stealCpu: 0,
    k6WaitSeconds: index === 20 ? 1.1 : 0.1,
  })),
}

/** A made-up run for tests: it missed one objective in part, and has every section. */
export function exampleVerdictFile(): VerdictFile {
  const series = exampleSeries({ startMs: START, steps: 60, stepSeconds: 1, endpoints: 3 })
  return {
    format: 2,
    run: exampleRun(),
    verdict: 'PASS',
    isClose: true,
    reasons: [ofObjective('latency-p95', WINDOWS_MISSED)],
    objectives: exampleObjectives(),
    delivery: DELIVERY,
    endpoints: exampleEndpoints(3),
    series,
    generator: GENERATOR,
    samples: {
      rows: 400_000,
      csvBytes: 5e7,
      parquetBytes: 2e6,
      rejectedLines: 0,
      firstRejected: [],
      isTorn: false,
      columns: ['metric'],
      renamedTags: {},
    },
    errors: ['GET /items rejected: status 503'],
    causes: [],
    diagnosis: [
      {
        id: 'dominant-endpoint',
        title: 'One endpoint takes most of the time',
        text: 'GET /v1/items/2 took 61% of all waiting.',
        advice: 'Look at it first.',
        severity: 'warning',
      },
    ],
  }
}

/** Rows of an endpoint table. */
export function exampleEndpoints(count: number): EndpointRow[] {
  return Array.from({ length: count }, (_, index) => ({
    endpoint: `GET /v1/items/${index}`,
    count: 10_000 - index,
    ratePerSecond: 166.6,
    p50Ms: 20 + index,
    p95Ms: 90.123456789 + index,
    p99Ms: 140 + index,
    errors: index,
    errorRatio: index / 10_000,
  }))
}

function exampleRun(): VerdictFile['run'] {
  const at = (seconds: number): string => new Date(START + seconds * 1_000).toISOString()
  return {
    id: '20261121-160000-spike-0000',
    command: 'npm run k6 -- spike --users 500',
    scenario: 'spike',
    workload: 'better-prompts',
    settings: { scenario: 'spike', timeScale: 1, seed: 7, users: 500 },
    plan: {
      workload: 'better-prompts',
      profiles: [],
      model: 'closed',
      target: 500,
      phases: [
        { name: 'warm-up', startSeconds: 0, endSeconds: 10, target: 50 },
        { name: 'hold', startSeconds: 10, endSeconds: 60, target: 500 },
      ],
      durationSeconds: 60,
      parts: [],
      regions: [],
      operations: [],
      operationShares: {},
      endpoints: [],
      optionalEndpoints: [],
      followsRedirects: false,
      judges: 'all',
      thinkSeconds: 1,
      requestTimeoutSeconds: 10,
      gracefulStopSeconds: 30,
    },
    target: { base: 'https://staging.example.com', byRegion: {}, sandbox: false },
    versions: { toolkit: '0.1.0', node: '20.20.2', k6: 'v2.2.0', k6Source: 'cache' },
    git: { commit: 'abcdef0', changed: false },
    host: { name: 'vm', platform: 'linux-x64', cpus: 2, cpuModel: 'CPU', memoryBytes: 8e9 },
    k6Environment: { GOGC: '400' },
    startedAt: at(-2),
    endedAt: at(62),
    phases: [
      { name: 'warm-up', startedAt: at(0), endedAt: at(10) },
      { name: 'hold', startedAt: at(10), endedAt: at(60) },
    ],
    instances: [{ exitCode: 0 }],
  }
}
