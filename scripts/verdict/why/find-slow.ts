import { type Case, cpuText, type Finding, findSign, fitOf, specialTime, whole } from './case.ts'
import type { Steps } from './course.ts'
import { insideSql, type Part, readOutcomes, readPortions } from './read-rows.ts'
import { periodOf, phasesOf, startOf, startsOf } from './shape.ts'
import { densityText, growthText, kneeText, slowedText } from './trends.ts'
import { badNames, type Cell, EVERYWHERE, readCells, slowRegion, whereInSeconds } from './where.ts'
import { amount, listed, milliseconds, percent } from './words.ts'

/** Of the time: the rest makes no difference. */
const WHOLE_SHARE = 0.6

/** Of the time of a request. */
const PORTION_MIN = 0.5

/** The same of the time before it is sent, which is next to nothing as a rule. */
const BLOCKED_MIN = 0.33

/** Of the bad rows. */
const TIMEOUTS_SHARE = 0.5

const REQUEST_TIMEOUT = 1050

/** Why requests, or what else was timed, were slow. */
export async function findSlow(of: Case): Promise<Finding> {
  const sign = findSign(of)
  if (sign) return sign
  const growth = growthText(of)
  const time = growth === undefined ? specialTime(of) : undefined
  const cells = await cellsOf(of, growth === undefined ? time : lastHalf(of))
  if (growth !== undefined) {
    return { code: 'WHY_GROWTH', where: whereInSeconds(cells, 'slow'), what: growth }
  }
  return time ? findInTime(of, time, cells) : findWhole(of, cells)
}

/** The rows of each endpoint and region, inside and outside of some steps. */
export function cellsOf(of: Case, steps: Steps | undefined): Promise<Cell[]> {
  const { database, subject, columns, startUs, course } = of
  const inside = insideSql(subject.at, { startUs, course, steps })
  return readCells(database, subject, { columns, inside })
}

/** The second half of the steps. */
export function lastHalf({ course: { steps } }: Case): Steps {
  return new Set([...steps.keys()].filter((index) => index >= steps.length / 2))
}

async function findInTime(of: Case, steps: Steps, cells: readonly Cell[]): Promise<Finding> {
  const { signs } = of
  const where = whereInSeconds(cells, 'slow')
  if (where.regions.length + where.names.length > 0) return placed(of, { steps, where }, cells)
  const density = densityText(of, steps)
  const time = { steps, where: EVERYWHERE }
  if (fitOf(signs.noIdleCpu, steps) > 0) {
    return { ...time, code: 'WHY_MACHINE_FULL', what: cpuText(of, steps) }
  }
  const portion = await portionFinding(of, time)
  if (portion) return portion
  const knee = kneeText(of)
  if (knee !== undefined) return { ...time, code: 'WHY_POOL_EXHAUSTED', what: knee }
  return timeFinding(of, steps, density)
}

/** A finding of nothing but some time: a period, a phase, the start, or just seconds. */
export function timeFinding({ course, subject }: Case, steps: Steps, density: string): Finding {
  const time = { steps, where: EVERYWHERE }
  const noun = subject.kind === 'failed' ? 'failures' : 'a stall'
  const period = periodOf(startsOf(course, steps))
  const phases = phasesOf(course, steps)
  if (period !== undefined && !phases) {
    return { ...time, code: 'WHY_PERIODIC', what: `${noun} every ${amount(period)} s` }
  }
  if (phases?.every((phase) => /^(step|settling)-/.test(phase))) {
    return { ...time, code: 'WHY_TOO_MUCH_LOAD', what: slowedText(course, steps) ?? density }
  }
  if (startOf(course, steps)) return { ...time, code: 'WHY_SLOW_START', what: density }
  if (phases) {
    const what = `phase${phases.length > 1 ? 's' : ''} ${listed(phases)}`
    return { ...time, code: 'WHY_ONE_PHASE', what }
  }
  const code = subject.kind === 'failed' ? 'WHY_ERROR_BURST' : 'WHY_SLOW_SECONDS'
  return { ...time, code, what: density }
}

async function findWhole(of: Case, cells: readonly Cell[]): Promise<Finding> {
  const { course, signs } = of
  const outcomes = await readOutcomes(of.database, of.subject, {
    part: partOf(of),
    columns: of.columns,
  })
  const bad = outcomes.reduce((sum, { rows }) => sum + rows, 0)
  const timeouts = outcomes
    .filter(({ failed, errorCode }) => failed && errorCode === REQUEST_TIMEOUT)
    .reduce((sum, { rows }) => sum + rows, 0)
  if (timeouts > TIMEOUTS_SHARE * bad) {
    return whole('WHY_TIMEOUTS', `${amount(timeouts)} of the ${amount(bad)} slow ones`)
  }
  const isMostly = (sign: Steps): boolean => sign.size >= WHOLE_SHARE * course.steps.length
  if (isMostly(signs.cpuTaken)) return whole('WHY_CPU_TAKEN', cpuText(of, undefined))
  const region = slowRegion(cells, course, 'slow')
  const names = region === undefined ? badNames(cells, course) : []
  const where = { names, regions: region === undefined ? [] : [region] }
  if (region !== undefined || names.length > 0)
    return placed(of, { steps: undefined, where }, cells)
  if (isMostly(signs.noIdleCpu)) return whole('WHY_MACHINE_FULL', cpuText(of, undefined))
  const portion = await portionFinding(of, { steps: undefined, where: EVERYWHERE })
  if (portion) return portion
  const knee = kneeText(of)
  return knee === undefined ? whole('WHY_EVERYTHING_SLOW', '') : whole('WHY_POOL_EXHAUSTED', knee)
}

type Place = Pick<Part, 'steps' | 'where'>

// An endpoint or a region; large responses are the endpoint's cause, not a slow one.
async function placed(of: Case, place: Place, cells: readonly Cell[]): Promise<Finding> {
  const { where, steps } = place
  const isThere = (cell: Cell): boolean =>
    (steps === undefined || cell.isInside) &&
    (where.names.length === 0 || where.names.includes(cell.name)) &&
    (where.regions.length === 0 || where.regions.includes(cell.region))
  const here = typical(cells.filter(isThere))
  const elsewhere = typical(cells.filter((cell) => !isThere(cell)))
  const what = `typically ${milliseconds(here)}, ${milliseconds(elsewhere)} otherwise`
  if (where.regions.length > 0) return { ...place, code: 'WHY_SLOW_REGION', what }
  return (await portionFinding(of, place)) ?? { ...place, code: 'WHY_SLOW_ENDPOINT', what }
}

function typical(cells: readonly Cell[]): number {
  const rows = cells.reduce((sum, cell) => sum + cell.rows, 0)
  return Math.exp(
    cells.reduce((sum, { rows: n, log }) => sum + n * (log ?? 0), 0) / Math.max(1, rows),
  )
}

/** What most of the time of requests went into, where that is not waiting for the answer. */
export async function portionFinding(of: Case, place: Place): Promise<Finding | undefined> {
  const { database, subject } = of
  const portions = await readPortions(database, subject, { ...partOf(of), ...place })
  const { blocked, connecting, tls, receiving, duration } = portions
  if (receiving >= PORTION_MIN * duration && receiving > 0) {
    const what = `${milliseconds(receiving)} of ${milliseconds(duration)} on average`
    return { ...place, code: 'WHY_LARGE_RESPONSES', what }
  }
  // A latency begins when the request is sent; what else was timed holds the time before.
  const holdsBlocked = subject.table === 'samples' || subject.kind === 'too-few'
  if (!holdsBlocked || blocked < BLOCKED_MIN * (blocked + duration) || blocked === 0)
    return undefined
  const share = percent(blocked / (blocked + duration))
  const what = `${milliseconds(blocked)} before each request, ${share} of its time`
  const isConnecting = connecting + tls >= PORTION_MIN * blocked
  return { ...place, code: isConnecting ? 'WHY_CONNECT' : 'WHY_BLOCKED', what }
}

/** All rows of a case. */
export function partOf({ startUs, course }: Case): Part {
  return { startUs, course, steps: undefined, where: EVERYWHERE }
}
