// Pure. The timeline of a load that anybody's executors make: where it rises, holds and falls.
import type { Phase } from '../../lib/plan.ts'
import type { Point } from './scenario-load.ts'

/** More phases than a person reads are one. */
const PHASES_MAX = 20

/** A shorter piece of the course is a jump. */
const PHASE_SECONDS_MIN = 0.5

const RAMP_DOWN = 'ramp-down'

/** The load of scenarios together: users, or iterations per second, added up. */
export function sumOfCourses(courses: readonly (readonly Point[])[]): Point[] {
  const bends = courses.flat().map(({ seconds }) => seconds)
  const moments = [...new Set([0, ...bends])].sort((a, b) => a - b)
  return moments.flatMap((seconds) => [-1, 1].map((side) => sumAt(courses, seconds, side)))
}

/** A phase for each piece of the course: `ramp-up`, `hold`, `fall`; the last one to nothing is the `ramp-down`. */
export function phasesOfCourse(via: readonly Point[], endSeconds: number): Phase[] {
  const pieces = piecesOf(via)
  const [only, second] = pieces
  if (!only || pieces.length > PHASES_MAX) return [wholePhase(via, endSeconds)]
  if (!second && only.from.target === only.to.target) return [wholePhase(via, endSeconds)]
  const counts = new Map<string, number>()
  return pieces.map(({ from, to }, index) => {
    const isLast = index === pieces.length - 1
    const kind = kindOf(from.target, to.target, isLast)
    const count = (counts.get(kind) ?? 0) + 1
    counts.set(kind, count)
    return {
      name: count === 1 ? kind : `${kind}-${count}`,
      startSeconds: from.seconds,
      endSeconds: to.seconds,
      target: to.target,
      via: [from],
    }
  })
}

/** All of it in one: `load`. */
export function wholePhase(via: readonly Point[], endSeconds: number): Phase {
  const target = Math.max(0, ...via.map((point) => point.target))
  return { name: 'load', startSeconds: 0, endSeconds, target, via: [...via] }
}

function kindOf(from: number, to: number, isLast: boolean): string {
  if (to > from) return 'ramp-up'
  if (to === from) return to === 0 ? 'pause' : 'hold'
  return isLast ? RAMP_DOWN : 'fall'
}

interface Piece {
  from: Point
  to: Point
}

// Neighbours that change at the same pace are one piece.
function piecesOf(via: readonly Point[]): Piece[] {
  const pieces: Piece[] = []
  for (const [index, to] of via.entries()) {
    const from = via[index - 1]
    if (!from || to.seconds - from.seconds < PHASE_SECONDS_MIN) continue
    const last = pieces.at(-1)
    if (last && isOneLine(last, { from, to })) last.to = to
    else pieces.push({ from, to })
  }
  return pieces
}

function isOneLine(one: Piece, other: Piece): boolean {
  if (one.to.seconds !== other.from.seconds || one.to.target !== other.from.target) return false
  return Math.abs(slope(one) - slope(other)) < 1e-9
}

function slope({ from, to }: Piece): number {
  return (to.target - from.target) / (to.seconds - from.seconds)
}

// Just before a moment (side -1) or just after it: a scenario begins and ends with a jump.
function sumAt(courses: readonly (readonly Point[])[], seconds: number, side: number): Point {
  const target = courses.reduce((sum, points) => sum + targetAt(points, seconds, side), 0)
  return { seconds, target }
}

function targetAt(points: readonly Point[], seconds: number, side: number): number {
  for (let index = 1; index < points.length; index++) {
    const [from, to] = [points[index - 1], points[index]]
    if (!from || !to) continue
    const isIn =
      side < 0
        ? from.seconds < seconds && seconds <= to.seconds
        : from.seconds <= seconds && seconds < to.seconds
    if (!isIn) continue
    const part = (seconds - from.seconds) / (to.seconds - from.seconds)
    return from.target + part * (to.target - from.target)
  }
  return 0
}
