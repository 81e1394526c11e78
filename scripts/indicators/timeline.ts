import type { Phase } from '../../lib/plan.ts'

/** Time in microseconds since 1970, as samples have it; the end excluded. */
export interface Span {
  startUs: number
  endUs: number
}

/** A phase in absolute time. */
export interface TimedPhase extends Span {
  name: string
  /** Users or iterations per second at its start and at its end. */
  fromTarget: number
  target: number
  /** Where it bends or jumps in between. */
  via?: Moment[]
}

/** What is asked for at a moment. */
export interface Moment {
  us: number
  target: number
}

const US_PER_SECOND = 1_000_000

/**
 * The phases from the moment k6 began.
 *
 * @param startMs of the first iteration, as the script announced it
 */
export function timelineOf(phases: readonly Phase[], startMs: number): TimedPhase[] {
  const at = (seconds: number): number => Math.round(startMs * 1_000 + seconds * US_PER_SECOND)
  return phases.map(({ name, startSeconds, endSeconds, target, via }, index) => ({
    name,
    startUs: at(startSeconds),
    endUs: at(endSeconds),
    fromTarget: phases[index - 1]?.target ?? (index === 0 && phases.length > 1 ? 0 : target),
    target,
    ...(via && { via: via.map((bend) => ({ us: at(bend.seconds), target: bend.target })) }),
  }))
}

/** The course of a phase's load: between two of its moments it changes evenly. */
export function courseOf({ startUs, fromTarget, via = [], endUs, target }: TimedPhase): Moment[] {
  return [{ us: startUs, target: fromTarget }, ...via, { us: endUs, target }]
}

/** The time of the named phases; neighbours become one span. */
export function spansOf(timeline: readonly TimedPhase[], names: readonly string[]): Span[] {
  const spans: Span[] = []
  for (const { name, startUs, endUs } of timeline) {
    if (!names.includes(name)) continue
    const last = spans.at(-1)
    if (last?.endUs === startUs) last.endUs = endUs
    else spans.push({ startUs, endUs })
  }
  return spans
}

export function secondsOf(spans: readonly Span[]): number {
  return spans.reduce((sum, { startUs, endUs }) => sum + endUs - startUs, 0) / US_PER_SECOND
}
