import type { Case, ExplainedResult, Finding } from './case.ts'
import {
  type Cause,
  type CauseCode,
  type CauseData,
  causeText,
  coincidence,
  type Coincidence,
  type CoincidenceCode,
  type Stretch,
} from './cause.ts'
import { accountOf, type Course, type Steps } from './course.ts'
import { measureWithout } from './read-rows.ts'
import { secondsOfSteps, shortMeasure, stretchesOf, whenText, whereText } from './words.ts'

/** What the sentence of a cause says already. */
const SAID: Partial<Record<CauseCode, readonly CoincidenceCode[]>> = {
  WHY_MACHINE_FULL: ['NO_IDLE_CPU'],
  WHY_K6_STALLED: ['K6_STALLED', 'STANDSTILL'],
  WHY_GC: ['GC'],
  WHY_STANDSTILL: ['STANDSTILL'],
  WHY_PERIODIC: ['STANDSTILL'],
  WHY_LOAD_NOT_DELIVERED: ['DROPPED'],
}

/** The cause that a finding is, with its sentence. */
export async function causeOf(of: Case, finding: Finding, result: ExplainedResult): Promise<Cause> {
  const { database, course, subject, startUs } = of
  const { code, steps, where, what } = finding
  const part = { startUs, course, steps, where }
  const without =
    subject.kind === 'too-few'
      ? rateWithout(course, steps)
      : await measureWithout(database, subject, part)
  const isStill = code === 'WHY_STANDSTILL' || code === 'WHY_PERIODIC'
  const still = isStill && steps ? standstillsOf(of, steps) : []
  const when = still.length > 0 ? still : stretchesOf(course, steps)
  const isAll = where.names.length + where.regions.length === 0
  const place = `${whereText(where, subject.noun)}${isAll && steps ? ' at once' : ''}`
  const coincided = coincidencesOf(of, steps).filter((each) => !SAID[code]?.includes(each.code))
  const { id, measured, limit, unit } = result
  const data: CauseData = {
    objectiveId: id,
    ...(measured !== undefined && { measured }),
    limit,
    when,
    where: place,
    coincided,
    ...(without !== undefined && { without }),
    accountsFor: steps ? accountOf(course, steps).share : 1,
    alsoMissed: [],
  }
  const them = without === undefined ? [] : [`without them ${shortMeasure(without, unit)}`]
  const words = {
    missed: missedText(result),
    when: whenText(when),
    where: place,
    what,
    rest: [...them, ...coincided.map(({ text }) => text)].map((text) => `; ${text}`).join(''),
  }
  return { code, text: causeText(code, words), data }
}

// Slow requests began a moment before what made them slow: the standstill itself is what was seen.
function standstillsOf({ standstills, startUs, course }: Case, some: Steps): Stretch[] {
  const { steps, stepSeconds } = course
  return standstills.flatMap((span) => {
    const startSeconds = (span.startUs - startUs) / 1e6
    const index = steps.findIndex(({ at }) => startSeconds < at + stepSeconds)
    const phase = steps[index]?.phase
    if (phase === undefined || !some.has(index)) return []
    return [{ startSeconds, endSeconds: (span.endUs - startUs) / 1e6, phase }]
  })
}

function missedText(result: ExplainedResult): string {
  const { id, measured, limit, unit, verdict, reason } = result
  if (measured === undefined) return `${id} missed (${reason?.text ?? `expected ${limit}`})`
  const value = shortMeasure(measured, unit)
  return verdict === 'FAIL'
    ? `${id} missed (${value}, expected ${limit})`
    : `${id} is no clear PASS (${value}, expected ${limit})`
}

function rateWithout({ steps, stepSeconds }: Course, some: Steps | undefined): number | undefined {
  if (!some || some.size >= steps.length) return undefined
  const rest = steps.filter((_, index) => !some.has(index))
  return rest.reduce((sum, { rows, bad }) => sum + rows - bad, 0) / (rest.length * stepSeconds)
}

/** A sign is reported when it was so in a good part of the time, and more often than in the rest. */
const TOLD_SHARE = 0.25

const TOLD_TIMES = 2

function coincidencesOf({ course, signs }: Case, steps: Steps | undefined): Coincidence[] {
  const inside = steps ?? new Set(course.steps.keys())
  const outside = course.steps.length - inside.size
  const known = [
    ['NO_IDLE_CPU', signs.noIdleCpu],
    ['K6_WAITED', signs.k6Waited],
    ['GC', signs.gc],
    ['K6_STALLED', signs.k6Stalled],
    ['STANDSTILL', signs.standstill],
    ['DROPPED', signs.dropped],
  ] as const
  return known.flatMap(([code, sign]) => {
    const some = new Set([...sign].filter((step) => inside.has(step)))
    const rest = outside > 0 ? (sign.size - some.size) / outside : 0
    const share = some.size / inside.size
    const isTold = share >= TOLD_SHARE && share >= TOLD_TIMES * rest
    const [seconds, all] = [secondsOfSteps(course, some), secondsOfSteps(course, inside)]
    return isTold ? [coincidence(code, seconds, all)] : []
  })
}
