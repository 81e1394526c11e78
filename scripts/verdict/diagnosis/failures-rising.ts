import { judgedPhases } from '../../indicators/judged-span.ts'
import { type CountBlock, ratioInterval } from '../../statistics/ratio-interval.ts'
import { spansOf } from '../../indicators/timeline.ts'
import { type Diagnosis, percent } from './diagnosis.ts'
import type { DiagnosisFacts } from './diagnosis-facts.ts'

/** A rise of less is nothing that anybody would look for: the SLA judges small ratios. */
const RISE_MIN = 0.01

/** Each end of the run needs enough time that one bad second is not all of it. */
const STEPS_MIN = 5

const PARTS = 4

/** Steps of the last quarter that have failures: fewer are a burst and not a rise. */
const FAILING_SHARE_MIN = 0.25

/**
 * More requests fail in the last quarter of the judged time than in the first, by more than both of their
 * 90 % intervals allow. Bursts of failures make the intervals wide (ratio-interval.ts).
 */
export function failuresRising(facts: DiagnosisFacts): Diagnosis[] {
  const blocks = judgedBlocks(facts)
  const size = Math.floor(blocks.length / PARTS)
  if (size < STEPS_MIN) return []
  const first = ratioInterval(blocks.slice(0, size))
  const last = ratioInterval(blocks.slice(-size))
  const failing = blocks.slice(-size).filter(({ events }) => events > 0)
  if (!first || !last || failing.length < FAILING_SHARE_MIN * size) return []
  if (last.ratio - first.ratio < RISE_MIN || last.interval.low <= first.interval.high) return []
  return [
    {
      id: 'failures-rising',
      title: 'Failures grow over the run',
      text: `${percent(first.ratio)} of the ${facts.traffic} failed in the first quarter of the judged time, ${percent(last.ratio)} in the last.`,
      advice:
        'Something fills up or wears out there: compare the errors by time with the logs of the target, and run longer to see where it ends.',
      severity: 'warning',
    },
  ]
}

function judgedBlocks({ series, timeline }: DiagnosisFacts): CountBlock[] {
  const { startMs, stepSeconds, step, requestsPerSecond, errorsPerSecond } = series.timeline
  const spans = spansOf(timeline, judgedPhases(undefined, timeline))
  return step.flatMap((place, index) => {
    const us = startMs * 1_000 + (place + 0.5) * stepSeconds * 1e6
    if (!spans.some(({ startUs, endUs }) => us >= startUs && us < endUs)) return []
    const total = Math.round((requestsPerSecond[index] ?? 0) * stepSeconds)
    return [{ events: Math.round((errorsPerSecond[index] ?? 0) * stepSeconds), total }]
  })
}
