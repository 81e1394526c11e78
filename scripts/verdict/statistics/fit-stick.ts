/** A load and what became of it; both in the same unit, such as iterations per second. */
export interface LoadPoint {
  /** What was to start, with all that was dropped. */
  offeredPerSecond: number
  achievedPerSecond: number
}

/** A line through 0 that turns level at a knee. */
export interface Stick {
  /** Achieved for each one offered, before the knee. */
  slope: number
  /** Offered load; the highest one where the line is straight. */
  kneePerSecond: number
  /** Sum of the squared distances of the points. */
  squares: number
}

/**
 * The stick with the least squares: the level is `slope * kneePerSecond`.
 *
 * Source: Hudson, "Fitting Segmented Curves Whose Join Points Have to be Estimated", JASA 61(316), 1966.
 * Exact, since the best knee is either at a point, or where the line of the points before it meets the
 * mean of those after it.
 *
 * @param points in any order, loads above 0; of none, all numbers are NaN or infinite
 */
export function fitStick(points: readonly LoadPoint[]): Stick {
  const ordered = [...points].sort((left, right) => left.offeredPerSecond - right.offeredPerSecond)
  let best: Stick = { slope: NaN, kneePerSecond: NaN, squares: Infinity }
  for (const knee of possibleKnees(ordered)) {
    const stick = stickWithKnee(ordered, knee)
    if (stick.squares < best.squares) best = stick
  }
  return best
}

/** The stick with the least squares of those with the given knee. */
export function stickWithKnee(points: readonly LoadPoint[], kneePerSecond: number): Stick {
  let product = 0
  let square = 0
  let total = 0
  for (const { offeredPerSecond, achievedPerSecond } of points) {
    const bent = Math.min(offeredPerSecond, kneePerSecond)
    product += bent * achievedPerSecond
    square += bent ** 2
    total += achievedPerSecond ** 2
  }
  return { slope: product / square, kneePerSecond, squares: total - product ** 2 / square }
}

function possibleKnees(ordered: readonly LoadPoint[]): number[] {
  const knees = ordered.map(({ offeredPerSecond }) => offeredPerSecond)
  let product = 0
  let square = 0
  let rest = ordered.reduce((sum, { achievedPerSecond }) => sum + achievedPerSecond, 0)
  for (const [index, { offeredPerSecond, achievedPerSecond }] of ordered.entries()) {
    product += offeredPerSecond * achievedPerSecond
    square += offeredPerSecond ** 2
    rest -= achievedPerSecond
    const next = ordered[index + 1]
    if (next === undefined) break
    const meeting = rest / (ordered.length - 1 - index) / (product / square)
    if (meeting > offeredPerSecond && meeting < next.offeredPerSecond) knees.push(meeting)
  }
  return knees
}
