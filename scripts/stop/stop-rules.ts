import type { LiveRow } from '../samples/live-row.ts'
import { secondOf } from '../samples/sliding-window.ts'
import type { CompiledObjective } from '../sla/compiled.ts'
import { createStopRule, type StopReason } from './stop-rule.ts'
import { JUDGED_NEVER, JUDGED_TAG, type Phase } from '../../lib/plan.ts'
import { isOfLoad, startOf } from '../samples/live-scanner.ts'
import { judgedPhases } from '../indicators/judged-span.ts'
import { K6_METRICS } from '../indicators/k6-metrics.ts'
import type { Objective } from '../indicators/objective.ts'
import { tagsOf } from '../indicators/measured.ts'
import { type Span, spansOf, timelineOf } from '../indicators/timeline.ts'

/** Watches whether a run has to end before its time. */
export interface StopRules {
  /** Metrics that `add` wants; none when nothing can stop this run. */
  metrics: ReadonlySet<string>
  /** Takes the samples as k6 writes them. */
  add(row: LiveRow): void
  /** The first rule that fired; stays what it is. */
  fired(): StopReason | undefined
}

export interface StopInput extends SelectionContext {
  objectives: readonly CompiledObjective[]
}

/** k6 records it every second, even while no request ends: it drives the clock. */
const CLOCK_METRIC = 'vus'

/** Samples are written up to this much later than others of the same moment. */
const LATENESS_US = 1_000_000

/** More seconds than this without any sample were not watched, so they prove nothing. */
const GAP_SECONDS_MAX = 5

/**
 * Ends a run early by its objectives with `stop: { after }`. Once a second each is computed over the
 * last 10 s (`after`, when that is shorter) of the samples that it judges. Missed in every second for
 * `after`, it fires. A window with too few samples says nothing, and the count begins anew: a
 * percentile needs ten samples above it, a ratio 20 in all, a rate only judged time. A count is that
 * since the start. Parts of a second count as whole ones.
 *
 * Time is that of the samples, so late reading changes nothing, and a recording gives the same answer.
 */
export function createStopRules({ objectives, ...context }: StopInput): StopRules {
  const rules = objectives.flatMap((each) => createStopRule(each, context) ?? [])
  const metrics = new Set(rules.length === 0 ? [] : rules.map(({ metric }) => metric))
  if (rules.length > 0) metrics.add(CLOCK_METRIC)
  let fired: StopReason | undefined
  let evaluated: number | undefined

  const evaluateTo = (lastSecond: number): void => {
    if (evaluated === undefined || lastSecond - evaluated > GAP_SECONDS_MAX) {
      for (const rule of rules) rule.reset()
      evaluated = lastSecond - 1
    }
    while (evaluated < lastSecond) {
      evaluated += 1
      for (const rule of rules) fired ??= rule.evaluate(evaluated)
    }
  }
  return {
    metrics,
    fired: () => fired,
    add(row) {
      // Before the row is added: its window may forget the oldest second for it.
      const lastSecond = secondOf(row.endUs - LATENESS_US) - 1
      if (evaluated === undefined || lastSecond > evaluated) evaluateTo(lastSecond)
      for (const rule of rules) if (rule.metric === row.metric) rule.add(row)
    },
  }
}

/** Which samples an objective judges, while the run goes on. */
export interface LiveSelection {
  /** Requests belong to the phase in which they began; log-ins and setup() to nobody. */
  judges(row: LiveRow): boolean
  /** Whether all of that time is judged. */
  covers(time: Span): boolean
}

export interface SelectionContext {
  phases: readonly Phase[]
  /** When the load began; asked again until it is known. Microseconds since 1970. */
  startUs: () => number | undefined
}

/** Selects as `selectionOf` does after the run. Before the start is known nothing is judged. */
export function createSelection(
  { indicator, where, phases: wanted }: Objective,
  { phases, startUs }: SelectionContext,
): LiveSelection {
  const isUntagged = 'metric' in indicator && K6_METRICS[indicator.metric]?.isUntagged === true
  const tags = isUntagged ? [] : Object.entries(tagsOf(where))
  let known: Span[] | undefined

  const spans = (): readonly Span[] => {
    if (known) return known
    const us = startUs()
    if (us === undefined) return []
    known = spansOf(timelineOf(phases, us / 1_000), judgedPhases(wanted, phases))
    return known
  }
  const covers = (time: Span): boolean =>
    spans().some(({ startUs, endUs }) => time.startUs >= startUs && time.endUs <= endUs)

  return {
    covers,
    judges(row) {
      const us = startOf(row)
      return (
        isOfLoad(row) &&
        row.tag(JUDGED_TAG) !== JUDGED_NEVER &&
        tags.every(([tag, value]) => row.tag(tag) === value) &&
        spans().some(({ startUs, endUs }) => us >= startUs && us < endUs)
      )
    },
  }
}
