import { identifier, type SampleDatabase } from '../../samples/sample-database.ts'
import { accountOfParts, type Course, sumOf } from './course.ts'
import type { Subject } from '../../indicators/from-samples/subject.ts'

/** Where bad rows come from; an empty list means from all of them. */
export interface Where {
  names: string[]
  regions: string[]
}

export const EVERYWHERE: Where = { names: [], regions: [] }

/** Rows of one name in one region, inside or outside of some steps. */
export interface Cell {
  name: string
  region: string
  isInside: boolean
  rows: number
  bad: number
  /** Mean logarithm of the milliseconds. */
  log: number | null
}

/** Reads the rows of each name and region, apart for the time inside of some steps. */
export async function readCells(
  database: SampleDatabase,
  subject: Subject,
  { columns, inside }: { columns: readonly string[]; inside: string },
): Promise<Cell[]> {
  const region = columns.includes('region') ? identifier('region') : 'NULL'
  return database.rows<Cell>(`SELECT coalesce(${subject.name}, '') AS name, coalesce(${region}, '') AS region,
  ${inside} AS "isInside", count(*) AS rows, count(*) FILTER (${subject.bad}) AS bad,
  avg(ln(greatest(${subject.ms}, 0.01))) AS log
FROM ${subject.table} WHERE ${subject.condition} GROUP BY 1, 2, 3`)
}

/** Times as slow as elsewhere: less is not what a reader would look for. */
const TIMES_MIN = 1.3

/** Fewer failures are the usual ones. */
const FAILING_MIN = 0.01

/** Of the largest rise: others are dragged along, such as by a busy machine. */
const DRAGGED_SHARE = 0.35

/** Fewer rows say nothing of an endpoint. */
const ROWS_MIN = 5

/** Of the rows: those that did not rise must be more, or nothing is shown to be sound. */
const SOUND_SHARE_MIN = 0.1

/**
 * Where the bad rows of some seconds come from: the names and the regions that got worse in them, if
 * others did not.
 */
export function whereInSeconds(cells: readonly Cell[], kind: Subject['kind']): Where {
  const names = worseValues(cells, 'name', kind)
  // Within what was found already, so that its rows are not diluted by sound ones.
  const ofNames = names.length > 0 ? cells.filter(({ name }) => names.includes(name)) : cells
  const regions = worseValues(ofNames, 'region', kind)
  if (names.length > 0 || regions.length === 0) return { names, regions }
  const ofRegions = cells.filter(({ region }) => regions.includes(region))
  return { names: worseValues(ofRegions, 'name', kind), regions }
}

function worseValues(
  cells: readonly Cell[],
  key: 'name' | 'region',
  kind: Subject['kind'],
): string[] {
  const rises = valuesOf(cells, key).map((value) => {
    const own = cells.filter((cell) => cell[key] === value)
    const inside = own.filter(({ isInside }) => isInside)
    const outside = own.filter(({ isInside }) => !isInside)
    const rise = kind === 'slow' ? meanLog(inside) - meanLog(outside) : failing(inside)
    return { value, rise, rows: sumOf(inside).rows }
  })
  const least = kind === 'slow' ? Math.log(TIMES_MIN) : FAILING_MIN
  return risen(
    rises.filter(({ rows }) => rows >= ROWS_MIN),
    least,
  )
}

interface Rise {
  value: string
  rise: number
  rows: number
}

// The values that rose, unless nearly all did.
function risen(rises: readonly Rise[], least: number): string[] {
  const most = Math.max(...rises.map(({ rise }) => rise))
  const limit = Math.max(least, DRAGGED_SHARE * most)
  const found = rises.filter(({ rise }) => rise >= limit)
  const rowsOf = (some: readonly Rise[]): number => some.reduce((sum, { rows }) => sum + rows, 0)
  const sound = rowsOf(rises) - rowsOf(found)
  const isPart = found.length > 0 && sound >= SOUND_SHARE_MIN * rowsOf(rises)
  return isPart && found.length <= NAMES_MAX ? found.map(({ value }) => value) : []
}

/** More are no longer a place to look. */
const NAMES_MAX = 3

/** Of the bad rows beyond the allowed ones. */
const SHARE_MIN = 0.6

const ENDPOINT_ODDS_MIN = 3

const REGION_ODDS_MIN = 2

/** Fewer bad rows may all come from one place by chance. */
const BAD_MIN = 5

/**
 * The region that the bad rows of the whole run come from: it holds most of them, and is slower than the
 * others at the very same endpoints.
 */
export function slowRegion(cells: readonly Cell[], { allowed }: Course, kind: Subject['kind']) {
  const regions = valuesOf(cells, 'region')
  if (regions.length < 2 || sumOf(cells).bad < BAD_MIN) return undefined
  return regions.find((region) => {
    const own = cells.filter((cell) => cell.region === region)
    const others = cells.filter((cell) => cell.region !== region)
    const { share, odds } = accountOfParts(sumOf(own), sumOf(others), allowed)
    if (share < SHARE_MIN || odds < REGION_ODDS_MIN) return false
    return kind === 'slow'
      ? timesOfOthers(own, others) >= TIMES_MIN
      : odds >= ENDPOINT_ODDS_MIN && areMostNames(own, others)
  })
}

// For the same names, so that a region with other requests is no slow region.
function timesOfOthers(own: readonly Cell[], others: readonly Cell[]): number {
  let [weight, sum] = [0, 0]
  for (const name of valuesOf(own, 'name')) {
    const here = own.filter((cell) => cell.name === name)
    const there = others.filter((cell) => cell.name === name)
    const rows = Math.min(sumOf(here).rows, sumOf(there).rows)
    if (rows === 0) continue
    weight += rows
    sum += rows * (meanLog(here) - meanLog(there))
  }
  return weight > 0 ? Math.exp(sum / weight) : 1
}

// A region fails as a region when more than one of its endpoints does, if it has more.
function areMostNames(own: readonly Cell[], others: readonly Cell[]): boolean {
  const names = valuesOf(own, 'name').filter((name) => {
    return others.some((cell) => cell.name === name)
  })
  const worse = names.filter((name) => {
    const of = (cells: readonly Cell[]) => failing(cells.filter((cell) => cell.name === name))
    return of(own) > of(others)
  })
  return worse.length >= Math.min(2, names.length) && worse.length >= names.length / 2
}

/** The few names that the bad rows of the whole run come from; empty where more than three do. */
export function badNames(cells: readonly Cell[], { allowed }: Course): string[] {
  const names = valuesOf(cells, 'name')
    .map((name) => ({ name, ...sumOf(cells.filter((cell) => cell.name === name)) }))
    .sort((one, other) => other.bad - allowed * other.rows - (one.bad - allowed * one.rows))
  if (sumOf(cells).bad < BAD_MIN) return []
  for (let count = 1; count <= Math.min(NAMES_MAX, names.length - 1); count++) {
    const own = names.slice(0, count)
    const { share, odds } = accountOfParts(sumOf(own), sumOf(names.slice(count)), allowed)
    if (share >= SHARE_MIN && odds >= ENDPOINT_ODDS_MIN) return own.map(({ name }) => name)
  }
  return []
}

function valuesOf(cells: readonly Cell[], key: 'name' | 'region'): string[] {
  return [...new Set(cells.map((cell) => cell[key]))]
}

function failing(cells: readonly Cell[]): number {
  const { rows, bad } = sumOf(cells)
  return rows > 0 ? bad / rows : 0
}

function meanLog(cells: readonly Cell[]): number {
  const timed = cells.flatMap(({ rows, log }) => (log === null ? [] : [{ rows, log }]))
  const rows = timed.reduce((sum, cell) => sum + cell.rows, 0)
  return rows > 0 ? timed.reduce((sum, cell) => sum + cell.rows * cell.log, 0) / rows : 0
}
