import { nearest } from '../core/nearest.ts'

/** Something wrong with a value of an SLA file. */
export interface Fault {
  expected: string
  /** The value as it stands in the file. */
  found: string
  /** The next step, as a sentence. */
  hint: string
}

/** A fault and its place, such as `objectives[2].where.endpoint`. */
export interface Problem extends Fault {
  path: string
}

/** A fault in a field of an objective, such as `windows.length`. */
export interface Place extends Fault {
  field: string
}

/** True when reading a value has failed. */
export function isFault(result: object): result is Fault {
  return 'expected' in result
}

/** Two lines: what is wrong and where, then the hint. */
export function formatProblem({ path, expected, found, hint }: Problem): string {
  return `${path}: expected ${expected}, got ${found}\n    ${hint}`
}

/** A value as JSON, cut after 60 characters. */
export function quote(value: unknown): string {
  if (value === undefined) return 'nothing'
  const json = JSON.stringify(value)
  return json.length > 60 ? `${json.slice(0, 60)}…` : json
}

/** @returns a fault when `name` is not among `known`, with the nearest known name as its hint */
export function unknownName(
  what: string,
  name: string,
  known: readonly string[],
): Fault | undefined {
  if (known.includes(name)) return undefined
  const guess = nearest(name, known)
  const list = known.length === 0 ? 'There is none here.' : `Known: ${known.join(', ')}.`
  return {
    expected: `a known ${what}`,
    found: quote(name),
    hint: guess === undefined ? list : `Did you mean ${quote(guess)}? ${list}`,
  }
}
