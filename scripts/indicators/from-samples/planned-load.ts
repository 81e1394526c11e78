import { courseOf, type Moment, type TimedPhase } from '../timeline.ts'

const US_PER_SECOND = 1_000_000

/**
 * The load that the plan asks for from one moment to another, in users (or iterations per second) times
 * seconds. Outside of the plan there is none.
 */
export function plannedLoad(timeline: readonly TimedPhase[], fromUs: number, toUs: number): number {
  return timeline.flatMap(stretchesOf).reduce((sum, [from, to]) => {
    const start = Math.max(fromUs, from.us)
    const end = Math.min(toUs, to.us)
    if (end <= start) return sum
    return sum + (targetAt(from, to, (start + end) / 2) * (end - start)) / US_PER_SECOND
  }, 0)
}

/** Users or iterations per second that are planned for a moment; 0 outside of the plan. */
export function loadAt(us: number, timeline: readonly TimedPhase[]): number {
  const stretch = timeline.flatMap(stretchesOf).find(([from, to]) => us >= from.us && us < to.us)
  return stretch ? targetAt(...stretch, us) : 0
}

// Pairs of neighbouring moments; a jump has no length.
function stretchesOf(phase: TimedPhase): [Moment, Moment][] {
  const course = courseOf(phase)
  return course.slice(1).map((to, index) => [course[index] ?? to, to])
}

function targetAt(from: Moment, to: Moment, us: number): number {
  return from.target + ((to.target - from.target) * (us - from.us)) / (to.us - from.us)
}
