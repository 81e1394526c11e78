import type { RunPlan } from '../../lib/plan.ts'
import { count } from '../core/format-measure.ts'
import type { CustomMetric } from '../plan/evaluated-scenario.ts'
import type { CompiledObjective } from '../sla/compiled.ts'
import { type EndpointRow, endpointsToCall } from '../verdict/tables/endpoint-table.ts'
import type { Evidence } from '../verdict/evidence.ts'
import { judge } from '../verdict/judge.ts'
import type { JudgedRun } from '../verdict/judge-run.ts'
import { loadDelivered } from '../verdict/rules/load-delivered.ts'
import { endedPlan } from '../verdict/counted-plan.ts'
import { timelineOf } from '../indicators/timeline.ts'
import { reason, type Reason } from '../reasons/reasons.ts'
import { withoutSamples } from '../verdict/tables/without-samples.ts'
import { endpointsOf, operationsOf, regionsOf } from './endpoints-of-series.ts'
import { generatorOf } from './generator-of-series.ts'
import { measureSeries } from '../indicators/measure-series.ts'
import { pushFaults } from './push-faults.ts'
import { factsOf } from './run-facts-of-series.ts'
import type { RunInPrometheus } from '../indicators/from-series/run-series.ts'

export interface SeriesEvidence {
  run: RunInPrometheus
  plan: RunPlan
  objectives: readonly CompiledObjective[]
  metrics: Readonly<Record<string, CustomMetric>>
  /** Start of the load, in milliseconds since 1970. */
  startMs: number
  /** CPUs of the machine that k6 ran on, where known. */
  cpus: number | undefined
  /** Somebody has said that the run has ended: run.json, or the toolkit in Prometheus. */
  isEnded: boolean
  stoppedByUser: boolean
  /** What else makes the run INVALID, such as a runner that broke. */
  faults: readonly Reason[]
}

/** The growth of k6's buckets, as a share of their lower bound. */
const BUCKET_ERROR = '9 %'

const GENERATOR_UNKNOWN = reason('GENERATOR_UNKNOWN', {
  where: 'nothing was published of it in Prometheus',
})

/** What only samples and the log of k6 can tell: nothing of it is held against the run. */
const NOT_IN_SERIES = {
  ends: [],
  machineBusy: new Map(),
  instanceFaults: [],
  crossedThresholds: [],
  standstills: [],
  logIns: { requests: 0, unanswered: 0, statuses: '' },
  failures: { requests: 0, failed: 0, statuses: '' },
  checks: { checks: 0, rejected: 0, reasons: '' },
}

/** Judges a run by what Prometheus has of it, with the same rules as from its samples. */
export function judgeInPrometheus(evidence: SeriesEvidence): JudgedRun {
  const { run, metrics, startMs, stoppedByUser } = evidence
  const facts = factsOf(run, startMs)
  const plan = endedPlan(evidence.plan, facts.elapsedSeconds)
  const delivery = loadDelivered({ facts, plan, stoppedByUser })
  const timeline = timelineOf(plan.phases, startMs)
  const isWhole = delivery.end === 'complete'
  const context = { run, timeline, metrics, isSample: plan.judges === 'all', isWhole }
  const judged = evidence.objectives.filter(({ absence }) => absence === undefined)
  const measurements = new Map(
    judged.map(({ id, objective }) => [id, measureSeries(objective, context)]),
  )
  const generator = generatorOf(run, { startMs, plan, cpus: evidence.cpus })
  const requested = endpointsOf(run, endpointsToCall(plan), delivery.elapsedSeconds)
  const operated = operationsOf(run, Object.keys(plan.operationShares), delivery.elapsedSeconds)
  const traffic = !isSeen(requested) && isSeen(operated) ? 'operations' : 'requests'
  const known: Evidence = {
    ...NOT_IN_SERIES,
    ...{ plan, timeline, measurements, delivery, facts },
    sampleFaults: [...evidence.faults, ...pushFaults(run, evidence.isEnded)],
    generatorFaults: generator?.faults ?? [],
    doubts: generator ? [] : [GENERATOR_UNKNOWN],
    neverCalled: { operations: [], endpoints: isWhole ? uncalled(requested, plan) : [] },
  }
  const verdict = judge(known, evidence.objectives)
  const { elapsedSeconds, plannedSeconds, end } = delivery
  const empty = withoutSamples({ startMs, elapsedSeconds, plannedSeconds, end })
  const rows = regionsOf(run, plan.regions, { seconds: elapsedSeconds, traffic })
  return {
    ...verdict,
    ...empty,
    delivery,
    ...(generator && { generator }),
    endpoints: traffic === 'operations' ? operated : requested,
    ...(traffic === 'operations' && { traffic }),
    series: { ...empty.series, breakdowns: rows.length > 1 ? [{ tag: 'region', rows }] : [] },
    source: {
      kind: 'prometheus',
      facts: [
        ['Judged by', `the series in ${run.url}, at testid ${run.testid}`],
        ['Percentiles', `between the bounds of a bucket, which are up to ${BUCKET_ERROR} apart`],
        ['k6 processes', String(run.processes.length)],
        ['Load delivered', loadText(delivery)],
        ['Generator', generatorText(generator)],
      ],
    },
  }
}

function isSeen(rows: readonly EndpointRow[]): boolean {
  return rows.some(({ count }) => count > 0)
}

function uncalled(rows: readonly EndpointRow[], { optionalEndpoints }: RunPlan): string[] {
  const missing = rows.filter(({ count }) => count === 0).map(({ endpoint }) => endpoint)
  return missing.filter((endpoint) => !optionalEndpoints.includes(endpoint))
}

function loadText(delivery: JudgedRun['delivery']): string {
  const { iterations, droppedIterations, usersReached, usersPlanned } = delivery
  const users =
    usersPlanned === undefined ? '' : `, ${usersReached ?? 0} of ${usersPlanned} users reached`
  const { elapsedSeconds, plannedSeconds, scriptExceptions } = delivery
  const time = `${Math.round(elapsedSeconds)} s of ${Math.round(plannedSeconds)} s`
  const thrown = scriptExceptions > 0 ? `, ${count(scriptExceptions, 'exception')}` : ''
  return `${count(iterations, 'iteration')}, ${droppedIterations} dropped${users}, ${time}${thrown}`
}

function generatorText(generator: JudgedRun['generator'] | undefined): string {
  const { k6CpuCores, othersCpuCores, cpus } = generator ?? {}
  if (!k6CpuCores) return 'not known: nothing was published of it'
  const others = othersCpuCores ? `, others ${othersCpuCores.median.toFixed(2)}` : ''
  return `k6 used ${k6CpuCores.median.toFixed(2)} of ${cpus ?? '?'} CPUs${others}`
}
