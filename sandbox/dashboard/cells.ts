import { SEGMENTS, type Segment } from '../seed-users.ts'
import { TECHNIQUES, type Technique } from '../technique-rules.ts'

/** A technique and a segment as one number, 0 to 29: a byte in a column. */
export type Cell = number

/** How many cells there are. */
export const CELLS = TECHNIQUES.length * SEGMENTS.length

/** The cell of names as the database has them. */
export function cellOf(technique: string, segment: string): Cell {
  const row = TECHNIQUES.indexOf(technique as Technique)
  return row * SEGMENTS.length + SEGMENTS.indexOf(segment as Segment)
}

/** The cells of a technique, of a segment, of both, or of all. */
export function cellsOf({
  technique,
  segment,
}: {
  technique?: Technique
  segment?: Segment
}): Cell[] {
  const techniques = technique === undefined ? TECHNIQUES : [technique]
  const segments = segment === undefined ? SEGMENTS : [segment]
  return techniques.flatMap((row) => segments.map((column) => cellOf(row, column)))
}
