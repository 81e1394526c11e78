import { recordOf } from '../../scripts/indicators/indicators.ts'
import type { Objective } from '../../scripts/indicators/objective.ts'
import type { Sla } from '../../scripts/sla/sla-file.ts'
import { recordedOf } from './objective-recording.ts'
import { ON_RUN, quoted } from './promql.ts'
import { alert, type AlertingRule, type RuleGroup } from './rule.ts'
import {
  ANOMALY_POINTS_MIN,
  ANOMALY_RANGES,
  BAD_EVENTS_MIN,
  HISTOGRAM_ERROR,
  LATENCY_ANOMALY_SECONDS_MIN,
  RATE_ANOMALY_RATIO_MIN,
} from './settings.ts'

/**
 * A run against itself: median and interquartile range of the last ten minutes, since a mean and its
 * deviation follow the very values that are to be found.
 */
export function anomalyDetection(): RuleGroup {
  const latency = band('k6:http_req_duration:p95_steady')
  const rate = band('k6:http_reqs:rate_steady')
  return {
    name: 'k6-anomaly-detection',
    rules: [
      alert({
        name: 'K6LatencyAnomaly',
        expr: `${latency.series} > ${latency.median} + clamp_min(${latency.reach}, ${LATENCY_ANOMALY_SECONDS_MIN})\n${latency.guard}`,
        severity: 'info',
        component: 'target',
        summary: 'Latency has left its band under a constant load.',
        description: 'p95 is {{ $value | humanizeDuration }}, far above the last ten minutes.',
      }),
      alert({
        name: 'K6ThroughputAnomaly',
        expr: `${rate.series} < ${rate.median} - ${rate.reach}
and ${rate.series} < ${1 - RATE_ANOMALY_RATIO_MIN} * ${rate.median}
${rate.guard}`,
        severity: 'info',
        component: 'target',
        summary: 'Throughput has left its band under a constant load.',
        description: '{{ $value | humanize }} requests per second, far below the last ten minutes.',
      }),
    ],
  }
}

function band(series: string): { series: string; median: string; reach: string; guard: string } {
  // The last minute is left out: it is what is looked at.
  const at = (quantile: number): string =>
    `quantile_over_time(${quantile}, ${series}[10m] offset 1m)`
  return {
    series,
    median: at(0.5),
    reach: `${ANOMALY_RANGES} * (${at(0.75)} - ${at(0.25)})`,
    guard: `and count_over_time(${series}[10m] offset 1m) >= ${ANOMALY_POINTS_MIN}`,
  }
}

/** A run against the band of the previous run of the same load; undefined where the SLA has nothing for it. */
export function regressionsOf({ workload, objectives }: Sla): RuleGroup | undefined {
  const rules = objectives.flatMap((objective) => regression(workload, objective))
  return rules.length > 0 ? { name: `k6-anomaly-detection-${workload}`, rules } : undefined
}

function regression(workload: string, objective: Objective): AlertingRule[] {
  const { alert } = recordOf(objective.indicator)
  if (objective.each || alert?.by !== 'budget' || !alert.isComparedToBaseline) return []
  const isLatency = alert.budget(objective).subject === 'latency'
  return [isLatency ? latencyAbove(workload, objective) : errorsAbove(workload, objective)]
}

// Only under a constant load: the band is that of the whole run, and a ramp or a spike is a part of it.
function above(workload: string, objective: Objective, series: string): string {
  const recorded = recordedOf(workload, objective)
  const upper = `max by (testid, workload, objective) (k6_verdict_baseline_upper${recorded})`
  return `${series}${recorded} > ${HISTOGRAM_ERROR} * ${upper}
and ${ON_RUN} k6:load:is_flat{workload=${quoted(workload)}}`
}

function latencyAbove(workload: string, objective: Objective): AlertingRule {
  return alert({
    name: 'K6LatencyAboveBaseline',
    expr: above(workload, objective, 'k6:objective:latency5m'),
    severity: 'ticket',
    component: 'target',
    labels: { objective: objective.id },
    summary: 'Slower than the previous run of the same load.',
    description: `{{ $value | humanizeDuration }} in the last 5m is above the band of the previous run (objective ${objective.id}).`,
  })
}

function errorsAbove(workload: string, objective: Objective): AlertingRule {
  const recorded = recordedOf(workload, objective)
  const bad = `k6:objective:bad_ratio5m${recorded} * k6:objective:events5m${recorded}`
  return alert({
    name: 'K6ErrorsAboveBaseline',
    expr: `${above(workload, objective, 'k6:objective:bad_ratio5m')}
and ${bad} >= ${BAD_EVENTS_MIN}`,
    severity: 'ticket',
    component: 'target',
    labels: { objective: objective.id },
    summary: `More ${objective.of ?? 'request'}s fail than in the previous run of the same load.`,
    description: `{{ $value | humanizePercentage }} failed in the last 5m, above the band of the previous run (objective ${objective.id}).`,
  })
}
