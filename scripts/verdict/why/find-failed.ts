import { type Case, type Finding, findSign, specialTime, whole } from './case.ts'
import type { CauseCode } from './cause.ts'
import { cellsOf, lastHalf, partOf, portionFinding, timeFinding } from './find-slow.ts'
import { type Outcome, readOutcomes, readRejections } from './read-rows.ts'
import { densityText, growthText, kneeText } from './trends.ts'
import { badNames, EVERYWHERE, slowRegion, whereInSeconds } from './where.ts'
import { amount, milliseconds } from './words.ts'

/** Of the failures: what is left is hardly another cause. */
const MAIN_SHARE = 0.6

/** Why requests or checks failed. */
export async function findFailed(of: Case): Promise<Finding> {
  const sign = findSign(of)
  if (sign) return sign
  const { course, columns, database, subject } = of
  const growth = growthText(of)
  const steps = growth === undefined ? specialTime(of) : undefined
  const cells = await cellsOf(of, growth === undefined ? steps : lastHalf(of))
  const region = slowRegion(cells, course, 'failed')
  const where =
    steps || growth !== undefined
      ? whereInSeconds(cells, 'failed')
      : { names: badNames(cells, course), regions: region === undefined ? [] : [region] }
  const place = { steps, where: where.regions.length > 0 ? { ...where, names: [] } : where }
  const part = { ...partOf(of), ...place }
  const hasReasons = subject.table === 'operations' && columns.includes('reason')
  const outcomes = hasReasons
    ? await readRejections(database, subject, part)
    : await readOutcomes(database, subject, { part, columns })
  const main = mainOutcome(outcomes)
  if (main?.code) return { ...place, code: main.code, what: main.text }
  const what = main?.text ?? outcomesText(outcomes)
  if (growth !== undefined) return { ...place, code: 'WHY_GROWTH', what: growth }
  if (place.where.regions.length > 0) return { ...place, code: 'WHY_FAILING_REGION', what }
  if (place.where.names.length > 0) return { ...place, code: 'WHY_FAILING_ENDPOINT', what }
  if (steps) return timeFinding(of, steps, `${what}; ${densityText(of, steps)}`)
  return main ? whole('WHY_ONE_STATUS', what) : whole('WHY_EVERYTHING_FAILS', what)
}

// What most failures have in common: a status or an error of the network; some have a code of their own.
function mainOutcome(outcomes: readonly Outcome[]): { code?: CauseCode; text: string } | undefined {
  const all = outcomes.reduce((sum, { rows }) => sum + rows, 0)
  const holding = (holds: (outcome: Outcome) => boolean): number | undefined => {
    const rows = outcomes.filter(holds).reduce((sum, each) => sum + each.rows, 0)
    return all > 0 && rows >= MAIN_SHARE * all ? rows : undefined
  }
  const of = (rows: number): string => `${amount(rows)} of ${amount(all)} failures`
  for (const { code, text, holds } of KINDS) {
    const rows = holding(holds)
    if (rows !== undefined) return { code, text: `${text}: ${of(rows)}` }
  }
  const [most] = outcomes
  if (!most || wordFor(most) === undefined) return undefined
  const rows = holding((each) => wordFor(each) === wordFor(most))
  const name = most.status === '0' ? 'no answer' : wordFor(most)
  return rows === undefined ? undefined : { text: `${name}: ${of(rows)}` }
}

function wordFor({ status, reason }: Outcome): string | undefined {
  if (reason !== '') return reason
  return status === '' ? undefined : `status ${status}`
}

/** k6's numbers of errors (lib/netext/httpext/error_codes.go of k6). */
const KINDS: { code: CauseCode; text: string; holds: (outcome: Outcome) => boolean }[] = [
  { code: 'WHY_RATE_LIMITED', text: 'status 429', holds: ({ status }) => status === '429' },
  { code: 'WHY_TIMEOUTS', text: 'no answer in time', holds: ({ errorCode }) => errorCode === 1050 },
  {
    code: 'WHY_DNS',
    text: 'no address',
    holds: ({ errorCode }) => isWithin(errorCode, 1100, 1109),
  },
  {
    code: 'WHY_CONNECT',
    text: 'no connection in time',
    holds: ({ errorCode }) => errorCode === 1211,
  },
  { code: 'WHY_CONNECT', text: 'refused', holds: ({ errorCode }) => errorCode === 1212 },
  {
    code: 'WHY_CONNECT',
    text: 'connection lost',
    holds: ({ errorCode }) => isWithin(errorCode, 1200, 1299),
  },
  { code: 'WHY_CONNECT', text: 'TLS', holds: ({ errorCode }) => isWithin(errorCode, 1300, 1399) },
]

function isWithin(value: number, low: number, high: number): boolean {
  return value >= low && value <= high
}

const SHOWN = 3

function outcomesText(outcomes: readonly Outcome[]): string {
  const named = outcomes.filter((each) => wordFor(each) !== undefined)
  if (named.length === 0)
    return `${amount(outcomes.reduce((sum, { rows }) => sum + rows, 0))} failures`
  return named
    .slice(0, SHOWN)
    .map((each) => `${wordFor(each)} ${amount(each.rows)} times`)
    .join(', ')
}

/** Why fewer requests or iterations were counted than a rate asks for. */
export async function findTooFew(of: Case): Promise<Finding> {
  const sign = findSign(of)
  if (sign) return sign
  const { signs, dropped } = of
  if (signs.dropped.size > 0) {
    const what = `${amount(dropped)} of them: all users were busy`
    return { code: 'WHY_LOAD_NOT_DELIVERED', steps: signs.dropped, where: EVERYWHERE, what }
  }
  const steps = specialTime(of)
  const portion = await portionFinding(of, { steps, where: EVERYWHERE })
  if (portion) return portion
  const knee = kneeText(of)
  if (knee !== undefined) return { ...whole('WHY_POOL_EXHAUSTED', knee), steps }
  if (steps) return timeFinding(of, steps, densityText(of, steps))
  const usual = of.course.steps
    .flatMap(({ usualMs }) => usualMs ?? [])
    .sort((one, other) => one - other)
  const typical = usual[Math.floor(usual.length / 2)] ?? 0
  return whole('WHY_TOO_FEW_USERS', `a request took ${milliseconds(typical)}, and then they paused`)
}
