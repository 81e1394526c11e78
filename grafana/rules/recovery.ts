import type { Objective } from '../../scripts/indicators/objective.ts'
import { EXPECTED, ON_RUN, quoted, RUN_LABELS, latencyRate } from './promql.ts'
import { alert, type AlertingRule, type RecordingRule } from './rule.ts'
import { RECOVERED_ERROR_RATIO, RECOVERED_FACTOR } from './settings.ts'
import { scenariosOnly } from './scenarios-only.ts'

// A window of 20 s must lie within the recovery.
const LEAST_SECONDS = 20

const RECOVERY = 'k6_verdict_phase{phase=~"recovery.*"}'

/** How a run is doing after a spike, by testid and workload. */
export function recoveryRecording(): RecordingRule[] {
  const inRecovery = `and ${ON_RUN} ${RECOVERY}`
  const matchers = ['judged="yes"', 'phase=~"recovery.*"', ...EXPECTED]
  const began = `min_over_time(timestamp(${RECOVERY})[30m:5s])`
  return [
    {
      record: 'k6:recovery:p95_usual',
      expr: `k6:http_req_duration:p95_1m and ${ON_RUN} k6_verdict_phase{phase="hold"}`,
    },
    {
      record: 'k6:recovery:p95_20s',
      expr: `histogram_quantile(0.95, ${latencyRate(matchers, '20s', RUN_LABELS)})`,
    },
    {
      record: 'k6:recovery:elapsed_seconds',
      expr: `time() - max by (testid, workload) (${began} and ${RECOVERY})`,
    },
    {
      record: 'k6:recovery:is_missing',
      expr: `group by (testid, workload) (
  k6:recovery:p95_20s > ${RECOVERED_FACTOR} * last_over_time(k6:recovery:p95_usual[2h])
  or k6:error_ratio:20s > ${RECOVERED_ERROR_RATIO} ${inRecovery}
)`,
    },
  ]
}

/**
 * Not as before within the limit; or not when the time that the plan gives for it was over, which a limit
 * that is longer than that time would never tell.
 */
export function recoveryAlert(workload: string, objective: Objective): AlertingRule {
  const of = `{workload=${quoted(workload)}}`
  const missing = (longerThanSeconds: number, offset = ''): string =>
    `k6:recovery:elapsed_seconds${of}${offset} > ${longerThanSeconds} and k6:recovery:is_missing${of}${offset}`
  return alert({
    name: 'K6RecoveryTooSlow',
    expr: `(
  ${missing(objective.limit.value / 1_000)}
  or
  (${missing(LEAST_SECONDS, ' offset 10s')}) unless ${ON_RUN} ${RECOVERY}
)${scenariosOnly(objective)}`,
    // The second way is true for ten seconds only.
    for: '0s',
    severity: 'page',
    component: 'target',
    labels: { objective: objective.id },
    summary: 'The target has not recovered from a spike.',
    description: `{{ $value | humanizeDuration }} after the spike, p95 or failures are still above what was usual before it (objective ${objective.id}: ${objective.limit.text}).`,
  })
}
