// A sound run of 100 s for the tests of this folder: what its rules read, without any finding.
import { createPlan } from '../sla/example.ts'
import type { EndpointRow } from '../../../scripts/verdict/tables/endpoint-table.ts'
import { START_MS } from './example-recording.ts'
import type { GeneratorHealth } from '../../../scripts/verdict/generator/generator-health.ts'
import type { TimelineSeries } from '../../../scripts/verdict/tables/timeline-series.ts'
import { timelineOf } from '../../../scripts/indicators/timeline.ts'
import type { DiagnosisFacts } from '../../../scripts/verdict/diagnosis/diagnosis-facts.ts'

export function createFacts(changes: Partial<DiagnosisFacts> = {}): DiagnosisFacts {
  const plan = changes.plan ?? createPlan()
  return {
    plan,
    timeline: timelineOf(plan.phases, START_MS),
    objectives: [],
    results: [],
    traffic: 'requests',
    endpoints: [
      createEndpoint('POST /v1/enhance', 9_000),
      createEndpoint('GET /v1/history', 1_000),
    ],
    series: createSeries(createTimeline({})),
    generator: createGenerator(),
    usersReady: 100,
    firstRequests: { requests: 100, failed: 0 },
    endpointTimes: [
      { endpoint: 'POST /v1/enhance', requests: 9_000, failed: 0, totalMs: 180_000 },
      { endpoint: 'GET /v1/history', requests: 1_000, failed: 0, totalMs: 20_000 },
    ],
    connections: { opened: 100, blockedMs: 200, connectingMs: 150, tlsMs: 0 },
    seriesCount: { combinations: 20, tags: [{ tag: 'name', values: 2 }] },
    ...changes,
  }
}

export function createEndpoint(endpoint: string, count: number, errors = 0): EndpointRow {
  return { endpoint, count, ratePerSecond: count / 100, p50Ms: 20, p95Ms: 40, errors }
}

export function createSeries(
  timeline: TimelineSeries,
  regions: readonly EndpointRow[] = [],
): DiagnosisFacts['series'] {
  const breakdowns = regions.length > 0 ? [{ tag: 'region', rows: [...regions] }] : []
  const heatMap = { stepSeconds: 1, bucketsMs: [], cells: [] }
  return { timeline, heatMap, percentiles: [], breakdowns, errors: [], rejections: [] }
}

/** What happened in each second of 100. */
export interface ExampleSecond {
  /** @default 100 */
  requestsPerSecond?: number
  errorsPerSecond?: number
  /** @default 20 */
  p50Ms?: number
}

export function createTimeline(
  at: ExampleSecond | ((second: number) => ExampleSecond),
): TimelineSeries {
  const seconds = Array.from({ length: 100 }, (_, second) => second)
  const values = seconds.map((second) => (typeof at === 'function' ? at(second) : at))
  const p50Ms = values.map((each) => each.p50Ms ?? 20)
  return {
    startMs: START_MS,
    stepSeconds: 1,
    step: seconds,
    users: seconds.map(() => 100),
    requestsPerSecond: values.map((each) => each.requestsPerSecond ?? 100),
    errorsPerSecond: values.map((each) => each.errorsPerSecond ?? 0),
    droppedPerSecond: seconds.map(() => 0),
    p50Ms,
    p95Ms: p50Ms,
    p99Ms: p50Ms,
  }
}

export function createGenerator(changes: Partial<GeneratorHealth> = {}): GeneratorHealth {
  const none = { saturated: 0, starved: 0, full: 0, collecting: 0, unproven: 0 }
  return {
    judgedSeconds: 80,
    seconds: { k6: 80, machine: 80, ...none },
    cpus: 2,
    memoryLimitBytes: 1e9,
    k6CpuCores: { median: 0.5, peak: 1 },
    k6MemoryBytes: { median: 1e8, peak: 2e8 },
    clockJumpMs: 0,
    faults: [],
    notes: [],
    ...changes,
  }
}
