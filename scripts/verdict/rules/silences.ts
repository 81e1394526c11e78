import { plannedLoad } from '../../indicators/from-samples/measure-total.ts'
import type { Span, TimedPhase } from '../../indicators/timeline.ts'
import { DUE_IN_SILENCE } from '../../indicators/from-samples/windows-of.ts'
import { median } from '../../statistics/quantile.ts'

/** A second in which something happened. */
export interface BusySecond {
  /** Since 1970. */
  second: number
  count: number
  firstUs: number
  lastUs: number
}

/** A time in which nothing happened, and how much was due in it. */
export interface Silence extends Span {
  /** By the rate of its phases. */
  expected: number
}

const US_PER_SECOND = 1_000_000

/**
 * The silences of at least a second in which so much was due that chance leaves such a gap once in a million times:
 * 14 events, if they come independently (Poisson: e^-14).
 *
 * What is due follows the planned load, at the rate that the phase has by the median of its busy seconds; where events
 * are rare, so that most busy seconds have a single one, at its mean rate outside of the silence.
 *
 * @param busy in order of time
 * @param span in which silences are looked for
 */
export function findSilences(
  busy: readonly BusySecond[],
  timeline: readonly TimedPhase[],
  span: Span,
): Silence[] {
  const gaps = gapsOf(busy, span).filter(({ startUs, endUs }) => endUs - startUs >= US_PER_SECOND)
  const phases = timeline.map((phase) => ({ phase, usual: usualRate(busy, phase) }))
  return gaps
    .map((gap) => ({ ...gap, expected: expectedIn(gap, busy, phases) }))
    .filter(({ expected }) => expected >= DUE_IN_SILENCE)
}

// The last event of a second and the first of the next busy one are neighbours.
function gapsOf(busy: readonly BusySecond[], { startUs, endUs }: Span): Span[] {
  const edges = [
    { firstUs: -Infinity, lastUs: startUs },
    ...busy,
    { firstUs: endUs, lastUs: Infinity },
  ]
  return edges.slice(1).flatMap((next, index) => {
    const gap = {
      startUs: Math.max(startUs, edges[index]?.lastUs ?? startUs),
      endUs: Math.min(endUs, next.firstUs),
    }
    return gap.endUs > gap.startUs ? [gap] : []
  })
}

interface PhaseRate {
  phase: TimedPhase
  /** Events for each unit of planned load; undefined where nothing happened. */
  usual: number | undefined
}

function usualRate(busy: readonly BusySecond[], phase: TimedPhase): number | undefined {
  const rates = secondsIn(busy, phase).flatMap(({ second, count }) => {
    const startUs = second * US_PER_SECOND
    const load = plannedLoad([phase], startUs, startUs + US_PER_SECOND)
    return load > 0 ? [count / load] : []
  })
  return rates.length > 0 ? median(rates) : undefined
}

function expectedIn(gap: Span, busy: readonly BusySecond[], phases: readonly PhaseRate[]): number {
  let before: number | undefined
  return phases.reduce((sum, { phase, usual = before }) => {
    before = usual
    const inGap = plannedLoad([phase], gap.startUs, gap.endUs)
    if (inGap === 0 || usual === undefined) return sum
    return sum + Math.min(usual, meanRate(gap, busy, phase) ?? usual) * inGap
  }, 0)
}

/** Outside of the gap; undefined where the gap is all of the phase. */
function meanRate(gap: Span, busy: readonly BusySecond[], phase: TimedPhase): number | undefined {
  const load =
    plannedLoad([phase], phase.startUs, phase.endUs) - plannedLoad([phase], gap.startUs, gap.endUs)
  const count = secondsIn(busy, phase).reduce((sum, each) => sum + each.count, 0)
  return load > 0 && count > 0 ? count / load : undefined
}

function secondsIn(busy: readonly BusySecond[], { startUs, endUs }: Span): BusySecond[] {
  return busy.filter(({ firstUs }) => firstUs >= startUs && firstUs < endUs)
}
