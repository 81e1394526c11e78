import { JUDGED_NEVER, JUDGED_TAG, type Phase } from '../../lib/plan.ts'
import { isOfLoad, startOf } from '../samples/live-load.ts'
import type { LiveRow } from '../samples/live-row.ts'
import { judgedPhases } from '../indicators/judged-span.ts'
import { K6_METRICS } from '../indicators/k6-metrics.ts'
import type { Objective } from '../indicators/objective.ts'
import { tagsOf } from '../indicators/selector.ts'
import { type Span, spansOf, timelineOf } from '../indicators/timeline.ts'

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
