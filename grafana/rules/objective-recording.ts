import { recordOf } from '../../scripts/indicators/indicators.ts'
import { measuredOf } from '../../scripts/indicators/measured.ts'
import { minimumSamples } from '../../scripts/indicators/missed-by-few.ts'
import type { Objective } from '../../scripts/indicators/objective.ts'
import { EXPECTED, durationRate, ON_RUN, quoted, RUN_LABELS, selector } from './promql.ts'
import type { RecordingRule } from './rule.ts'
import { matchersOf, type ServiceLevel } from './service-level.ts'
import { FAST_BURN, SLOW_BURN, WINDOW_NAMES } from './settings.ts'

/** Matchers of the series recorded for one objective. */
export function recordedOf(workload: string, { id }: Pick<Objective, 'id'>): string {
  return selector([`workload=${quoted(workload)}`, `objective=${quoted(id)}`])
}

/** Bad events and all events of an objective, for each window, and from which share on they are too many. */
export function budgetRecording(workload: string, level: ServiceLevel): RecordingRule[] {
  const labels = { objective: level.objective.id }
  const limits = [FAST_BURN, SLOW_BURN].map(({ name }) => ({
    record: `k6:objective:bad_ratio_limit_${name}`,
    expr: limitOf(level, `k6:burn_rate:${name}{workload=${quoted(workload)}}`),
    labels,
  }))
  const windows = WINDOW_NAMES.flatMap((window) => [
    { record: `k6:objective:bad_ratio${window}`, expr: level.badRatio(window), labels },
    { record: `k6:objective:events${window}`, expr: level.events(window), labels },
  ])
  return [...limits, ...windows]
}

// Seven times a budget of half of the requests is more than all of them: the limit stays reachable.
function limitOf({ budgetRatio }: ServiceLevel, burnRate: string): string {
  return `clamp_max(${budgetRatio} * ${burnRate}, ${(1 + budgetRatio) / 2})`
}

/** The percentile of a latency objective, where there are samples enough for it. */
export function percentileRecording(workload: string, objective: Objective): RecordingRule[] {
  const { indicator, each } = objective
  if (indicator.kind !== 'latency' || each) return []
  const matchers = [...matchersOf(workload, objective), ...EXPECTED]
  const rate = durationRate(measuredOf(objective).duration, matchers, {
    window: '5m',
    by: RUN_LABELS,
  })
  const { percentile } = indicator
  const enough = `histogram_count(${rate}) * 300 >= ${minimumSamples(percentile)}`
  return [
    {
      record: 'k6:objective:latency5m',
      expr: `histogram_quantile(${percentile / 100}, ${rate}) and ${ON_RUN} ${enough}`,
      labels: { objective: objective.id },
    },
  ]
}

/** Achieved rate of a `rate` objective; 0, and not nothing, while the target answers nothing at all. */
export function rateRecording(workload: string, objective: Objective): RecordingRule[] {
  const { indicator } = objective
  if (!isThroughput(objective) || indicator.kind !== 'rate') return []
  const matchers = matchersOf(workload, { ...objective, phases: phasesOf(objective) })
  const rate = `sum by (testid, workload) (rate(k6_${indicator.metric}_total${selector(matchers)}[20s]))`
  return [
    {
      record: 'k6:objective:rate20s',
      expr: `${rate} or 0 * k6:run:active{workload=${quoted(workload)}}`,
      labels: { objective: objective.id },
    },
  ]
}

/** Whether an objective wants so much per second; an upper bound is left to the verdict. */
export function isThroughput({ indicator, limit, each }: Objective): boolean {
  return (
    recordOf(indicator).alert?.by === 'throughput' &&
    limit.operator.startsWith('>') &&
    each === undefined
  )
}

/** A rate can be held against a limit only while the plan offers it: at full load. */
export function phasesOf({ phases }: Objective): string[] {
  return phases ?? ['hold']
}
