import type { EventBudget } from '../../scripts/indicators/indicator-record.ts'
import { recordOf } from '../../scripts/indicators/indicators.ts'
import { measuredOf, tagsOf } from '../../scripts/indicators/measured.ts'
import type { Objective } from '../../scripts/indicators/objective.ts'
import {
  badRatio,
  EXPECTED,
  grown,
  JUDGED,
  durationRate,
  quoted,
  anyOf,
  RUN_LABELS,
  ON_RUN,
  selector,
  STEPS,
  SUCCEEDED,
} from './promql.ts'
import { type Window, WINDOWS } from './settings.ts'

/** An objective as a budget of bad events: what burn-rate alerts need. */
export interface ServiceLevel {
  objective: Objective
  subject: EventBudget['subject']
  /** Share of the events that may be bad, 0 to 1. */
  budgetRatio: number
  /** Labels of the recorded series. */
  labels: readonly string[]
  /** Share of bad events within a window, PromQL. */
  badRatio: (window: Window) => string
  /** Number of events within a window, PromQL. */
  events: (window: Window) => string
}

/** @returns undefined for an indicator that has no events to count: it is judged after the run */
export function serviceLevel(workload: string, objective: Objective): ServiceLevel | undefined {
  const { alert } = recordOf(objective.indicator)
  if (alert?.by !== 'budget') return undefined
  const budget = alert.budget(objective)
  const { subject, budgetRatio } = budget
  const labels = labelsOf(objective)
  return { objective, subject, budgetRatio, labels, ...eventsOf(workload, objective, budget) }
}

function eventsOf(workload: string, objective: Objective, budget: EventBudget): Events {
  const labels = labelsOf(objective)
  switch (budget.subject) {
    case 'errors':
      return objective.of === 'operation'
        ? failedOperations(workload, objective)
        : failures(workload, objective)
    case 'latency':
      return slowness(labels, { workload, objective }, budget.limitSeconds)
    case 'outcomes':
      return outcomes(labels, { workload, objective, metric: budget.metric }, budget.good)
  }
}

/** Label matchers of what an objective judges. */
export function matchersOf(workload: string, objective: Objective): string[] {
  const { phases } = objective
  return [
    `workload=${quoted(workload)}`,
    ...(phases ? [`phase=~${anyOf(phases)}`] : JUDGED),
    ...tagMatchers(objective),
  ]
}

function tagMatchers({ where, each }: Objective): string[] {
  return [
    ...Object.entries(tagsOf(where)).map(([tag, value]) => `${tag}=${quoted(value)}`),
    // Samples without the tag are nobody's.
    ...(each ? Object.keys(tagsOf({ [each]: '' })).map((tag) => `${tag}!=""`) : []),
  ]
}

function labelsOf({ each }: Objective): readonly string[] {
  return [...RUN_LABELS, ...(each ? Object.keys(tagsOf({ [each]: '' })) : [])]
}

type Events = Pick<ServiceLevel, 'badRatio' | 'events'>

function failures(workload: string, objective: Objective): Events {
  const { each, phases, where } = objective
  if (each === undefined && phases === undefined && Object.keys(where).length === 0) {
    const of = `{workload=${quoted(workload)}}`
    return {
      badRatio: (window) => `k6:error_ratio:${window}${of}`,
      events: (window) => `k6:http_reqs:judged_increase${window}${of}`,
    }
  }
  const labels = labelsOf(objective)
  const matchers = matchersOf(workload, objective)
  const all = `k6_http_reqs_total${selector(matchers)}`
  const good = `k6_http_reqs_total${selector([...matchers, ...SUCCEEDED])}`
  return {
    badRatio: (window) => badRatio(grown(good, window, labels), grown(all, window, labels)),
    events: (window) => grown(all, window, labels),
  }
}

// No counter of k6's counts operations, so the histogram of their durations does. Its first push is left out of a
// rate: the verdict counts that, too.
function failedOperations(workload: string, objective: Objective): Events {
  const matchers = matchersOf(workload, objective)
  const { duration } = measuredOf(objective)
  const count = (window: Window, some: readonly string[]): string => {
    return `histogram_count(${durationRate(duration, some, { window, by: labelsOf(objective) })}) * ${WINDOWS[window]}`
  }
  return {
    badRatio: (window) =>
      badRatio(count(window, [...matchers, ...EXPECTED]), count(window, matchers)),
    events: (window) => count(window, matchers),
  }
}

function outcomes(
  labels: readonly string[],
  { workload, objective, metric }: { workload: string; objective: Objective; metric: string },
  good: 'pass' | 'fail',
): Events {
  const matchers = [
    `workload=${quoted(workload)}`,
    `metric=${quoted(metric)}`,
    ...tagMatchers(objective),
  ]
  const all = `k6_outcomes_total${selector(matchers)}`
  const isGood = `k6_outcomes_total${selector([...matchers, `outcome="${good}"`])}`
  const during = `${ON_RUN} k6_verdict_phase{workload=${quoted(workload)}`
  const { phases } = objective
  // Counted beside k6, which knows the phase of a sample only by its time.
  const judged = phases
    ? `and ${during},phase=~${anyOf(phases)}}`
    : `unless ${during},phase=~"warm-up|ramp-down|${STEPS}"}`
  return {
    badRatio: (window) =>
      `(${badRatio(grown(isGood, window, labels), grown(all, window, labels))}) ${judged}`,
    events: (window) => grown(all, window, labels),
  }
}

// Failures are left out, so that fast errors do not make an API look fast.
function slowness(
  labels: readonly string[],
  { workload, objective }: { workload: string; objective: Objective },
  limitSeconds: number,
): Events {
  const matchers = [...matchersOf(workload, objective), ...EXPECTED]
  const { duration } = measuredOf(objective)
  const rate = (window: Window): string => durationRate(duration, matchers, { window, by: labels })
  return {
    badRatio: (window) => `1 - histogram_fraction(0, ${limitSeconds}, ${rate(window)})`,
    events: (window) => `histogram_count(${rate(window)}) * ${WINDOWS[window]}`,
  }
}
