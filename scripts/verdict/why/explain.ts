import type { GeneratorSecond } from '../../run/generator-second.ts'
import type { SampleDatabase } from '../../samples/sample-database.ts'
import type { CompiledObjective } from '../../sla/compiled.ts'
import type { ObjectiveResult } from '../judge-objective.ts'
import type { MeasureContext } from '../measurement.ts'
import { judgedPhases } from '../../sla/judged-span.ts'
import { type Span, spansOf } from '../timeline.ts'
import type { Case, Finding } from './case.ts'
import {
  type Cause,
  type CauseCode,
  type CauseData,
  causeText,
  coincidence,
  type Coincidence,
  type CoincidenceCode,
} from './cause.ts'
import { accountOf, type Course, type Steps } from './course.ts'
import { findFailed, findTooFew } from './find-failed.ts'
import { findSlow } from './find-slow.ts'
import { readCourse } from './read-course.ts'
import { joinSpans, measureWithout, readLoad, readSilences } from './read-rows.ts'
import { signsOf } from './signs.ts'
import { type Subject, subjectOf } from './subject.ts'
import { shortMeasure, stretchesOf, whenText, whereText } from './words.ts'

/** How an objective was judged, as far as it matters here. */
export type ExplainedResult = Pick<
  ObjectiveResult,
  'id' | 'level' | 'limit' | 'bound' | 'unit' | 'measured'
> & {
  verdict: string
  /** A PASS or FAIL that may be the other one. */
  isClose?: boolean
}

/** What a run's causes are looked for in, beside its tables `requests` and `samples`. */
export interface ExplainInput extends Pick<
  MeasureContext,
  'plan' | 'timeline' | 'columns' | 'renamedTags'
> {
  /** As compiled for the run; results have the same order. */
  objectives: readonly CompiledObjective[]
  results: readonly ExplainedResult[]
  standstills: readonly Span[]
  /** Empty where nothing is known of the generator. */
  generator: readonly GeneratorSecond[]
  /** Of the generator's machine. */
  cpus: number
}

/** Each costs some queries, and more would not be read. */
const OBJECTIVES_MAX = 6

/**
 * Says why each objective was missed, or is close to it: when, where, what else was unusual then, and
 * what its number is without those requests. Required objectives come first, then the worst ones.
 * Objectives that were missed for the same reason share one cause. A run whose objectives all pass, none
 * of them close, has none.
 */
export async function explain(database: SampleDatabase, input: ExplainInput): Promise<Cause[]> {
  const missed = missedOf(input)
  const startUs = input.timeline[0]?.startUs
  if (missed.length === 0 || startUs === undefined) return []
  const load = await readLoad(database, startUs)
  const judged = spansOf(input.timeline, judgedPhases(undefined, input.timeline))
  const silences = await readSilences(database, judged)
  const standstills = joinSpans([...input.standstills, ...silences])
  const causes: Cause[] = []
  for (const each of missed) {
    const cause = await explainOne(database, { ...each, input: { ...input, standstills }, load, startUs })
    if (cause) addCause(causes, cause)
  }
  return causes
}

interface Missed {
  compiled: CompiledObjective
  result: ExplainedResult & { measured: number }
}

function missedOf({ objectives, results }: ExplainInput): Missed[] {
  const missed = results.flatMap((result, index): Missed[] => {
    const compiled = objectives[index]
    const { measured, verdict, isClose = verdict === 'MARGINAL' } = result
    const isMissed = verdict === 'FAIL' || isClose
    if (!compiled || compiled.isGate === true || measured === undefined || !isMissed) return []
    return [{ compiled, result: { ...result, measured } }]
  })
  const rank = ({ result }: Missed): number =>
    (result.level === 'required' ? 0 : 2) + (result.verdict === 'FAIL' ? 0 : 1)
  const worse = ({ result: { measured, bound } }: Missed): number =>
    Math.abs(Math.log(Math.max(measured, 1e-9) / Math.max(bound, 1e-9)))
  return missed
    .sort((one, other) => rank(one) - rank(other) || worse(other) - worse(one))
    .slice(0, OBJECTIVES_MAX)
}

interface OneInput extends Missed {
  input: ExplainInput
  load: Awaited<ReturnType<typeof readLoad>>
  startUs: number
}

async function explainOne(database: SampleDatabase, one: OneInput): Promise<Cause | undefined> {
  const { compiled, result, input, load, startUs } = one
  const subject = subjectOf(compiled, input)
  if (!subject) return undefined
  const { timeline, columns, generator, cpus, standstills, plan } = input
  const course = await readCourse(database, subject, { timeline, bound: result.bound })
  const of: Case = {
    database,
    columns,
    timeline,
    model: plan.model,
    startUs,
    subject,
    course,
    signs: signsOf(course, { startUs, generator, cpus, standstills, ...load }),
    standstills,
    generator,
    cpus,
    dropped: load.dropped,
  }
  if (!course.steps.some(({ bad }) => bad > 0)) return undefined
  const finding = await FINDERS[subject.kind](of)
  return causeOf(of, finding, result)
}

const FINDERS: Record<Subject['kind'], (of: Case) => Promise<Finding>> = {
  slow: findSlow,
  failed: findFailed,
  'too-few': findTooFew,
}

/** What the sentence of a cause says already. */
const SAID: Partial<Record<CauseCode, readonly CoincidenceCode[]>> = {
  WHY_MACHINE_FULL: ['NO_IDLE_CPU'],
  WHY_K6_STALLED: ['K6_STALLED', 'STANDSTILL'],
  WHY_GC: ['GC'],
  WHY_STANDSTILL: ['STANDSTILL'],
  WHY_PERIODIC: ['STANDSTILL'],
  WHY_LOAD_NOT_DELIVERED: ['DROPPED'],
}

async function causeOf(of: Case, finding: Finding, result: Missed['result']): Promise<Cause> {
  const { database, course, subject, startUs } = of
  const { code, steps, where, what } = finding
  const part = { startUs, course, steps, where }
  const without =
    subject.kind === 'too-few' ? rateWithout(course, steps) : await measureWithout(database, subject, part)
  const when = stretchesOf(course, steps)
  const isAll = where.names.length + where.regions.length === 0
  const place = `${whereText(where, subject.noun)}${isAll && steps ? ' at once' : ''}`
  const coincided = coincidencesOf(of, steps).filter((each) => !SAID[code]?.includes(each.code))
  const { id, measured, limit, unit } = result
  const data: CauseData = {
    objectiveId: id,
    measured,
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

function missedText({ id, measured, limit, unit, verdict }: Missed['result']): string {
  const value = shortMeasure(measured, unit)
  return verdict === 'FAIL'
    ? `${id} missed (${value}, expected ${limit})`
    : `${id} close to its limit (${value}, expected ${limit})`
}

function rateWithout({ steps, stepSeconds }: Course, some: Steps | undefined): number | undefined {
  if (!some || some.size >= steps.length) return undefined
  const rest = steps.filter((_, index) => !some.has(index))
  return rest.reduce((sum, { rows, bad }) => sum + rows - bad, 0) / (rest.length * stepSeconds)
}

/** A sign is told when it was so in a good part of the time, and more often than in the rest. */
const TOLD_SHARE = 0.25

const TOLD_TIMES = 2

function coincidencesOf({ course, signs }: Case, steps: Steps | undefined): Coincidence[] {
  const inside = steps ?? new Set(course.steps.keys())
  const outside = course.steps.length - inside.size
  const all = [
    ['NO_IDLE_CPU', signs.noIdleCpu],
    ['K6_WAITED', signs.k6Waited],
    ['GC', signs.gc],
    ['K6_STALLED', signs.k6Stalled],
    ['STANDSTILL', signs.standstill],
    ['DROPPED', signs.dropped],
  ] as const
  return all.flatMap(([code, sign]) => {
    const some = [...sign].filter((step) => inside.has(step)).length
    const rest = outside > 0 ? (sign.size - some) / outside : 0
    const share = some / inside.size
    const isTold = share >= TOLD_SHARE && share >= TOLD_TIMES * rest
    const { stepSeconds } = course
    return isTold ? [coincidence(code, some * stepSeconds, inside.size * stepSeconds)] : []
  })
}

// The same code, place and time: one cause for several objectives.
function addCause(causes: Cause[], cause: Cause): void {
  const same = causes.find(({ code, data }) => {
    return code === cause.code && data.where === cause.data.where && doMeet(data, cause.data)
  })
  if (!same) {
    causes.push(cause)
    return
  }
  const { objectiveId, measured, limit, without } = cause.data
  same.data.alsoMissed.push({
    objectiveId,
    measured,
    limit,
    ...(without !== undefined && { without }),
  })
  const [only] = same.data.alsoMissed
  const more = same.data.alsoMissed.length
  if (more === 1 && only) same.text += `; so was ${only.objectiveId}`
  else same.text = same.text.replace(/; so (?:was|were) .*$/, `; so were ${more} other objectives`)
}

function doMeet({ when }: CauseData, { when: other }: CauseData): boolean {
  if (when.length === 0 || other.length === 0) return when.length === other.length
  return when.some(({ startSeconds, endSeconds }) => {
    return other.some((each) => each.startSeconds < endSeconds && each.endSeconds > startSeconds)
  })
}
