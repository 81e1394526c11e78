import { recordOf } from '../../scripts/indicators/indicators.ts'
import type { Objective } from '../../scripts/indicators/objective.ts'
import type { Sla } from '../../scripts/sla/sla-file.ts'
import { recordedOf, isThroughput, phasesOf } from './objective-recording.ts'
import { anyOf, ON_RUN, quoted } from './promql.ts'
import { recoveryAlert } from './recovery.ts'
import { alert, type AlertingRule, type RuleGroup, type Severity } from './rule.ts'
import { scenariosOnly } from './scenarios-only.ts'
import { serviceLevel, type ServiceLevel } from './service-level.ts'
import { BAD_EVENTS_MIN, type Burn, FAST_BURN, SLOW_BURN } from './settings.ts'

/** Alerts on the service levels of one workload. */
export function slaAlerts({ workload, objectives }: Sla): RuleGroup {
  return {
    name: `k6-sla-alerts-${workload}`,
    rules: [silent(workload), ...objectives.flatMap((each) => alertsOf(workload, each))],
  }
}

/** Objectives that no rule stands for. */
export function judgedAfterwards({ workload, objectives }: Sla): Objective[] {
  return objectives.filter((objective) => alertsOf(workload, objective).length === 0)
}

function alertsOf(workload: string, objective: Objective): AlertingRule[] {
  const level = serviceLevel(workload, objective)
  if (level) return [FAST_BURN, SLOW_BURN].map((burn) => burnAlert(workload, level, burn))
  // The recorded series of a recovery are those of requests.
  const isOfRequests = objective.of !== 'operation'
  if (isOfRequests && recordOf(objective.indicator).alert?.by === 'recovery') {
    return [recoveryAlert(workload, objective)]
  }
  return isThroughput(objective) ? [throughput(workload, objective)] : []
}

const SUBJECTS: Record<ServiceLevel['subject'], { name: string; summary: string; bad: string }> = {
  errors: { name: 'Error', summary: 'Requests fail', bad: 'of the requests failed' },
  latency: {
    name: 'Latency',
    summary: 'Requests are slower than the limit',
    bad: 'of the requests were slower than the limit',
  },
  outcomes: {
    name: 'Outcome',
    summary: 'Answers are wrong',
    bad: 'of the answers were not as promised',
  },
}

const SPEEDS = {
  fast: { name: 'Fast', summary: 'so often that the budget of the run is soon spent' },
  slow: { name: 'Slow', summary: 'for so long that half of the budget of the run is spent' },
}

function burnAlert(workload: string, level: ServiceLevel, burn: Burn): AlertingRule {
  const { objective, subject } = level
  const recorded = recordedOf(workload, objective)
  const ratio = (window: string): string => `k6:objective:bad_ratio${window}${recorded}`
  const limit = `on (testid, workload, objective) group_left () k6:objective:bad_ratio_limit_${burn.name}${recorded}`
  const { name, summary, bad } = SUBJECTS[subject]
  const ofWhat = (text: string): string => inWordsOf(objective, text)
  return alert({
    name: `K6${name}Budget${SPEEDS[burn.name].name}Burn`,
    expr: `${ratio(burn.long)} > ${limit}
and ${ratio(burn.short)} > ${limit}
and ${ratio(burn.long)} * k6:objective:events${burn.long}${recorded} >= ${BAD_EVENTS_MIN}${scenariosOnly(objective)}`,
    severity: severityOf(objective, burn),
    component: 'target',
    labels: { objective: objective.id },
    summary: `${ofWhat(summary)} ${SPEEDS[burn.name].summary}.`,
    description: `{{ $value | humanizePercentage }} ${ofWhat(bad)} in the last ${burn.long} (objective ${objective.id}: ${objective.limit.text}).`,
  })
}

function inWordsOf({ of }: Objective, text: string): string {
  return of === 'operation'
    ? text.replace('Requests', 'Operations').replace('requests', 'operations')
    : text
}

function severityOf({ level }: Objective, { name }: Burn): Severity {
  if (level === 'advisory') return 'info'
  return name === 'fast' ? 'page' : 'ticket'
}

function throughput(workload: string, objective: Objective): AlertingRule {
  const { limit } = objective
  const phase = `k6_verdict_phase{workload=${quoted(workload)},phase=~${anyOf(phasesOf(objective))}}`
  const missed = limit.operator === '>' ? '<=' : '<'
  return alert({
    name: 'K6ThroughputBelowLimit',
    // The window must lie within the phase.
    expr: `k6:objective:rate20s${recordedOf(workload, objective)} ${missed} ${limit.value}
and ${ON_RUN} ${phase}
and ${ON_RUN} ${phase} offset 25s${scenariosOnly(objective)}`,
    severity: objective.level === 'advisory' ? 'info' : 'ticket',
    component: 'target',
    labels: { objective: objective.id },
    summary: 'Less is served per second than the objective wants.',
    description: `{{ $value | humanize }} per second in the last 20s (objective ${objective.id}: ${limit.text}).`,
  })
}

// Without a single answer there is no ratio that could be too high. Where nobody speaks HTTP, iterations end.
function silent(workload: string): AlertingRule {
  const of = `{workload=${quoted(workload)}}`
  return alert({
    name: 'K6TargetSilent',
    expr: `sum by (testid, workload) (k6_vus${of}) > 0
and ${ON_RUN} k6:run:active${of} offset 1m
unless ${ON_RUN} k6:http_reqs:increase1m${of} > 0
unless ${ON_RUN} k6:iterations:increase1m${of} > 0`,
    severity: 'page',
    component: 'target',
    summary: 'Users are active, but no request has been answered for a minute.',
    description: '{{ $value }} users wait, and nothing was answered in the last 1m.',
  })
}
