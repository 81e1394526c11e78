import type { Objective } from '../../scripts/indicators/objective.ts'
import type { Sla } from '../../scripts/sla/sla-file.ts'
import { exhaustionAlerts } from './exhaustion.ts'
import { ON_RUN, quoted, STEPS } from './promql.ts'
import { alert, type AlertingRule, type RuleGroup } from './rule.ts'
import {
  BAD_EVENTS_MIN,
  GENERATOR_CPU_RATIO_MAX,
  MACHINE_CPU_RATIO_MAX,
  SHORTFALL_RATIO,
  UTILISATION_MAX,
  UTILISATION_MIN,
} from './settings.ts'

/** What does not depend on an SLA: whether the load arrives, and what will run out. */
export function capacityPlanning(): RuleGroup {
  return {
    name: 'k6-capacity-planning',
    rules: [
      iterationsDropped(),
      usersMissing(),
      generatorSaturated(),
      headroomLow(),
      ...exhaustionAlerts(),
    ],
  }
}

/** Whether the workload's promised rate is within reach; no rule where none is promised. */
export function capacityOf({ workload, objectives }: Sla): RuleGroup | undefined {
  const promise = promisedRate(objectives)
  if (!promise) return undefined
  const of = `{workload=${quoted(workload)}}`
  const rule = alert({
    name: 'K6CapacityBelowObjective',
    expr: `k6:capacity:http_reqs_per_second${of} < ${promise.limit.value}
and on () max(k6:target:utilisation) > ${UTILISATION_MIN}
and ${ON_RUN} k6:load:is_flat${of}`,
    severity: 'ticket',
    component: 'target',
    labels: { objective: promise.id },
    summary: 'The target will be full before it serves the promised rate.',
    description: `By the utilisation law it serves {{ $value | humanize }} requests per second with its busiest resource at ${UTILISATION_MAX * 100} % (objective ${promise.id}: ${promise.limit.text}).`,
  })
  return { name: `k6-capacity-planning-${workload}`, rules: [rule] }
}

function promisedRate(objectives: readonly Objective[]): Objective | undefined {
  const isRate = ({ indicator, limit, where }: Objective): boolean =>
    indicator.kind === 'rate' &&
    indicator.metric === 'http_reqs' &&
    limit.operator.startsWith('>') &&
    Object.keys(where).length === 0
  const capacity = objectives.find(({ indicator }) => indicator.kind === 'slo-capacity')
  return capacity ?? objectives.find(isRate)
}

function iterationsDropped(): AlertingRule {
  const dropped = 'k6:dropped_iterations:increase1m'
  return alert({
    name: 'K6LoadNotDelivered',
    // A run in steps offers more and more until it is too much.
    expr: `${dropped} / ((k6:iterations:increase1m or 0 * ${dropped}) + ${dropped}) > ${SHORTFALL_RATIO}
and ${dropped} >= ${BAD_EVENTS_MIN}
unless ${ON_RUN} k6_verdict_phase{phase=~"${STEPS}"}`,
    severity: 'ticket',
    component: 'generator',
    summary: 'Iterations are dropped: the load is not the planned one.',
    description:
      '{{ $value | humanizePercentage }} of the iterations of the last 1m found no free user.',
  })
}

function usersMissing(): AlertingRule {
  const users = 'sum by (testid, workload) (k6_vus)'
  const planned = 'max by (testid, workload) (k6_verdict_planned_users)'
  return alert({
    name: 'K6UsersMissing',
    expr: `${users} / ${planned} < ${1 - SHORTFALL_RATIO} and ${ON_RUN} k6:load:is_flat`,
    severity: 'ticket',
    component: 'generator',
    summary: 'Fewer users are active than planned.',
    description: '{{ $value | humanizePercentage }} of the planned users are active.',
  })
}

function generatorSaturated(): AlertingRule {
  const most = (series: string): string => `max by (testid, workload) (${series})`
  const k6 = most('k6_verdict_generator_cpu_ratio')
  return alert({
    name: 'K6GeneratorSaturated',
    expr: `${k6} >= ${GENERATOR_CPU_RATIO_MAX} or ${k6} + ${most('k6_verdict_others_cpu_ratio')} >= ${MACHINE_CPU_RATIO_MAX}`,
    severity: 'ticket',
    component: 'generator',
    summary: 'The machine of k6 has no CPU left: latencies contain its own waiting.',
    description: '{{ $value | humanizePercentage }} of the CPUs of k6 are busy.',
  })
}

function headroomLow(): AlertingRule {
  return alert({
    name: 'K6HeadroomLow',
    expr: `k6:run:active * on () group_left (resource) topk(1, k6:target:utilisation > ${UTILISATION_MAX})`,
    severity: 'ticket',
    component: 'target',
    summary: 'A resource of the target is nearly always busy: queues grow from here.',
    description: '{{ $labels.resource }} is at {{ $value | humanizePercentage }}.',
  })
}
