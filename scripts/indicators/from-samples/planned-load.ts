import type { TimedPhase } from '../timeline.ts'

const US_PER_SECOND = 1_000_000

/**
 * The load that the plan asks for from one moment to another, in users (or iterations per second) times
 * seconds. Within a phase it changes evenly; outside of the plan there is none.
 */
export function plannedLoad(timeline: readonly TimedPhase[], fromUs: number, toUs: number): number {
  return timeline.reduce((sum, phase) => {
    const start = Math.max(fromUs, phase.startUs)
    const end = Math.min(toUs, phase.endUs)
    if (end <= start) return sum
    const middle = targetAt(phase, (start + end) / 2)
    return sum + (middle * (end - start)) / US_PER_SECOND
  }, 0)
}

function targetAt({ startUs, endUs, fromTarget, target }: TimedPhase, us: number): number {
  return fromTarget + ((target - fromTarget) * (us - startUs)) / (endUs - startUs)
}
