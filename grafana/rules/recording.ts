// What all workloads share. Every series is by testid and workload.
import {
  badRatio,
  EXPECTED,
  grown,
  JUDGED,
  latencyRate,
  ON_RUN,
  RUN_LABELS,
  selector,
  SUCCEEDED,
} from './promql.ts'
import type { RecordingRule, RuleGroup } from './rule.ts'
import {
  FAST_BURN,
  FLAT_RATIO,
  PLANNED_SECONDS_DEFAULT,
  SLOW_BURN,
  UTILISATION_MAX,
  WINDOW_NAMES,
  WINDOWS,
  type Burn,
  type Window,
} from './settings.ts'
import { recoveryRecording } from './recovery.ts'
import { TARGET_UTILISATION } from './target-metrics.ts'

const PERCENTILES = [50, 95, 99]

/** Recording rules for every workload. */
export function recording(): RuleGroup {
  return {
    name: 'k6-recording',
    rules: [
      ...run(),
      ...WINDOW_NAMES.flatMap(requests),
      ...WINDOW_NAMES.flatMap(latency),
      ...iterations(),
      ...steady(),
      ...recoveryRecording(),
      ...capacity(),
    ],
  }
}

function run(): RecordingRule[] {
  const planned = 'max by (testid, workload) (k6_verdict_run_planned_seconds)'
  return [
    { record: 'k6:run:active', expr: 'group by (testid, workload) (k6_vus)' },
    {
      record: 'k6:run:planned_seconds',
      expr: `${planned} or ${PLANNED_SECONDS_DEFAULT} * k6:run:active`,
    },
    burnRate(FAST_BURN),
    burnRate(SLOW_BURN),
    {
      record: 'k6:load:planned',
      expr: 'sum by (testid, workload) (k6_verdict_planned_users or k6_verdict_planned_iterations_per_second)',
    },
    { record: 'k6:load:is_flat', expr: flat() },
  ]
}

/**
 * How many times faster than planned a budget must burn: a share of the run's budget is spent in a window
 * that is a part of the run. Never below 1, which spends what is allowed; short runs get there.
 */
function burnRate({ name, budgetShare, long }: Burn): RecordingRule {
  const rate = `${budgetShare} * k6:run:planned_seconds / ${WINDOWS[long]}`
  return { record: `k6:burn_rate:${name}`, expr: `clamp_min(${rate}, 1)` }
}

// Within the last minute, all of which is known.
function flat(): string {
  const most = 'max_over_time(k6:load:planned[1m])'
  return `${most} > 0
and ${most} - min_over_time(k6:load:planned[1m]) <= ${FLAT_RATIO} * ${most}
and k6:load:planned offset 1m`
}

function requests(window: Window): RecordingRule[] {
  const judged = `k6:http_reqs:judged_increase${window}`
  const good = `k6_http_reqs_total${selector([...JUDGED, ...SUCCEEDED])}`
  return [
    {
      record: `k6:http_reqs:increase${window}`,
      expr: grown('k6_http_reqs_total', window, RUN_LABELS),
    },
    {
      record: `k6:http_reqs:rate${window}`,
      expr: `k6:http_reqs:increase${window} / ${WINDOWS[window]}`,
    },
    { record: judged, expr: grown(`k6_http_reqs_total${selector(JUDGED)}`, window, RUN_LABELS) },
    { record: `k6:error_ratio:${window}`, expr: badRatio(grown(good, window, RUN_LABELS), judged) },
  ]
}

function latency(window: Window): RecordingRule[] {
  const rate = latencyRate([...JUDGED, ...EXPECTED], window, RUN_LABELS)
  return PERCENTILES.map((percentile) => ({
    record: `k6:http_req_duration:p${percentile}_${window}`,
    expr: `histogram_quantile(${percentile / 100}, ${rate})`,
  }))
}

function iterations(): RecordingRule[] {
  return ['iterations', 'dropped_iterations'].map((metric) => ({
    record: `k6:${metric}:increase1m`,
    expr: grown(`k6_${metric}_total`, '1m', RUN_LABELS),
  }))
}

// Only while the load is flat, and apart for each phase: the peak of a spike is not like the time before it.
function steady(): RecordingRule[] {
  const phase =
    'topk by (testid, workload) (1, max by (testid, workload, phase) (k6_verdict_phase))'
  const inPhase = (series: string): string =>
    `${series} * ${ON_RUN} group_left (phase) ${phase}\nand ${ON_RUN} k6:load:is_flat`
  return [
    { record: 'k6:http_req_duration:p95_steady', expr: inPhase('k6:http_req_duration:p95_20s') },
    { record: 'k6:http_reqs:rate_steady', expr: inPhase('k6:http_reqs:rate20s') },
  ]
}

function capacity(): RecordingRule[] {
  const utilisations = Object.entries(TARGET_UTILISATION).map(([resource, expr]) => ({
    record: 'k6:target:utilisation',
    expr,
    labels: { resource },
  }))
  return [
    ...utilisations,
    {
      // Utilisation law: what is served grows with the busiest resource's utilisation, in proportion.
      record: 'k6:capacity:http_reqs_per_second',
      expr: `k6:http_reqs:rate1m * on () group_left () (${UTILISATION_MAX} / (max(k6:target:utilisation) > 0))`,
    },
  ]
}
