// Pure. A missed objective over time: how many rows each second had, and how many of them were bad.

/** One step of the judged time, a second of it unless requests are few. */
export interface Step {
  /** Seconds since the load began. */
  at: number
  phase: string
  rows: number
  bad: number
  /** Geometric mean; missing where nothing was timed. */
  usualMs?: number | undefined
}

/** Steps in order of time; those without rows are there too. */
export interface Course {
  steps: readonly Step[]
  stepSeconds: number
  /** When the judged time ends, since the load began: before the last step does, where that is not a whole one. */
  endSeconds: number
  /** Share of bad rows that is allowed. */
  allowed: number
}

/** Some steps, by their index. */
export type Steps = ReadonlySet<number>

/** What some steps account for. */
export interface Account {
  /** Of the bad rows beyond the allowed share: 1 and the rest of the run meets the limit. */
  share: number
  /** Odds of a bad row there, divided by those in the rest. */
  odds: number
}

/** 99.9 % of one side of a normal distribution. */
const Z = 3.09

/**
 * Whether more of some rows are bad than chance gives to one second in a thousand.
 *
 * The binomial quantile by the first terms of Cornish and Fisher, "Moments and Cumulants in the
 * Specification of Distributions", 1938.
 */
export function exceeds({ rows, bad }: Pick<Step, 'rows' | 'bad'>, allowed: number): boolean {
  // A limit that allows none is missed by one.
  if (allowed === 0) return bad > 0
  const spread = Math.sqrt(rows * allowed * (1 - allowed))
  const skew = ((1 - 2 * allowed) * (Z * Z - 1)) / 6
  return rows > 0 && bad > rows * allowed + Z * spread + Math.max(0, skew) + 0.5
}

/** How many of the bad rows beyond the allowed ones lie in some steps, and how much denser. */
export function accountOf({ steps, allowed }: Course, some: Steps): Account {
  const inside = sumOf(steps.filter((_, index) => some.has(index)))
  const outside = sumOf(steps.filter((_, index) => !some.has(index)))
  return accountOfParts(inside, outside, allowed)
}

/** The same of any two parts of the rows. */
export function accountOfParts(inside: Counts, outside: Counts, allowed: number): Account {
  const excess = inside.bad + outside.bad - allowed * (inside.rows + outside.rows)
  const part = inside.bad - allowed * inside.rows
  return { share: Math.min(1, Math.max(0, part / excess)), odds: oddsOf(inside) / oddsOf(outside) }
}

export interface Counts {
  rows: number
  bad: number
}

export function sumOf(all: readonly Counts[]): Counts {
  return all.reduce((sum, { rows, bad }) => ({ rows: sum.rows + rows, bad: sum.bad + bad }), {
    rows: 0,
    bad: 0,
  })
}

// Half a row more on both sides: Haldane's correction, so that no part has odds of nothing.
function oddsOf({ rows, bad }: Counts): number {
  return (bad + 0.5) / (rows - bad + 0.5)
}

/**
 * Steps in which the limit is missed by more than chance, with neighbours that lean the same way or are
 * silent, and single better ones between them.
 */
export function badSteps(course: Course, seeds: Steps = new Set()): Set<number> {
  const { steps, allowed } = course
  const found = new Set<number>(seeds)
  steps.forEach((step, index) => {
    if (exceeds(step, allowed)) found.add(index)
  })
  const leans = ({ rows, bad }: Step): boolean =>
    rows === 0 || bad > rows * allowed + 1.3 * Math.sqrt(rows * allowed)
  for (const direction of [1, -1]) {
    for (const start of [...found]) {
      for (let index = start + direction; ; index += direction) {
        const step = steps[index]
        if (!step || !leans(step) || found.has(index)) break
        found.add(index)
      }
    }
  }
  for (const index of [...found]) {
    if (!found.has(index + 1) && found.has(index + 2)) found.add(index + 1)
  }
  return found
}

/** Neighbours together: first and last index of each group, in order of time. */
export function groupsOf(some: Steps): [first: number, last: number][] {
  const groups: [number, number][] = []
  for (const index of [...some].sort((one, other) => one - other)) {
    const last = groups.at(-1)
    if (last && index === last[1] + 1) last[1] = index
    else groups.push([index, index])
  }
  return groups
}
