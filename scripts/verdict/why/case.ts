// Pure. One missed objective, and all that is known of its time.
import type { LoadModel } from '../../../lib/plan.ts'
import type { GeneratorSecond } from '../../generator/generator-second.ts'
import type { SampleDatabase } from '../../samples/sample-database.ts'
import type { ObjectiveResult } from '../rules/judge-objective.ts'
import type { Span, TimedPhase } from '../../indicators/timeline.ts'
import type { CauseCode } from './cause.ts'
import { accountOf, badSteps, type Course, groupsOf, type Steps, sumOf } from './course.ts'
import { periodOf, phasesOf, startsOf } from './shape.ts'
import type { Signs } from './signs.ts'
import type { Subject } from '../../indicators/from-samples/subject.ts'
import { EVERYWHERE, type Where } from './where.ts'
import { amount, milliseconds, standstillsText } from './words.ts'

/** How an objective was judged, as far as it matters here. */
export type ExplainedResult = Pick<
  ObjectiveResult,
  | 'id'
  | 'level'
  | 'limit'
  | 'bound'
  | 'unit'
  | 'measured'
  | 'verdict'
  | 'isClose'
  | 'reason'
  | 'details'
>

/** One missed objective, and all that is known of its time. */
export interface Case {
  database: SampleDatabase
  columns: readonly string[]
  timeline: readonly TimedPhase[]
  model: LoadModel
  startUs: number
  subject: Subject
  course: Course
  signs: Signs
  standstills: readonly Span[]
  generator: readonly GeneratorSecond[]
  cpus: number
  /** Iterations that k6 dropped. */
  dropped: number
}

/** What was found to account for most of the bad rows. */
export interface Finding {
  code: CauseCode
  /** Missing where no time was special. */
  steps?: Steps | undefined
  where: Where
  /** In words: what the sentence of the code needs. */
  what: string
}

/** Of the bad rows beyond the allowed ones. */
const SHARE_MIN = 0.6

/** Times the odds in the rest of the run. */
const ODDS_MIN = 3

/** Of all bad rows: seconds that hold fewer are no cause of a miss, though the rest meets the limit. */
const HOLD_MIN = 0.5

/** Of the run: what is bad for longer is no special time. */
const TIME_SHARE_MAX = 0.6

const GROUPS_MAX = 6

/** Whether some steps hold most of the bad rows, much denser than the rest. */
function accounts({ course }: Pick<Case, 'course'>, steps: Steps): boolean {
  const { share, odds } = accountOf(course, steps)
  return steps.size > 0 && share >= SHARE_MIN && odds >= ODDS_MIN
}

/**
 * The special time of a case: few stretches of bad steps, or regular ones, that hold most of the bad rows;
 * else a phase that does, though each of its steps alone might be chance.
 */
export function specialTime({ course }: Pick<Case, 'course'>): Steps | undefined {
  const bad = badSteps(course)
  if (isSpecial(course, bad)) {
    const isShaped = periodOf(startsOf(course, bad)) !== undefined || phasesOf(course, bad)
    if (isShaped || mainGroups(course, bad) <= GROUPS_MAX) return bad
  }
  return phaseSteps(course).find((steps) => isSpecial(course, steps))
}

function isSpecial(course: Course, some: Steps): boolean {
  const { steps } = course
  const inside = sumOf(steps.filter((_, index) => some.has(index))).bad
  const isHolding = inside >= HOLD_MIN * sumOf(steps).bad
  return isHolding && some.size <= TIME_SHARE_MAX * steps.length && accounts({ course }, some)
}

// The steps of each phase; spike-1 and spike-2 are one.
function phaseSteps({ steps }: Course): Steps[] {
  const byName = new Map<string, Set<number>>()
  steps.forEach(({ phase }, index) => {
    const name = phase.replace(/-\d+$/, '')
    byName.set(name, (byName.get(name) ?? new Set()).add(index))
  })
  return [...byName.values()]
}

// How many groups it takes to hold four of five bad rows.
function mainGroups({ steps }: Course, some: Steps): number {
  const sums = groupsOf(some)
    .map(([first, last]) => sumOf(steps.slice(first, last + 1)).bad)
    .sort((one, other) => other - one)
  const all = sums.reduce((sum, each) => sum + each, 0)
  let held = 0
  return 1 + sums.findIndex((each) => (held += each) >= 0.8 * all)
}

/** Of the bad steps: a sign that was there in fewer has met them by chance. */
const RECALL_MIN = 0.55

/** Of the steps with the sign: where it mostly does no harm, it did none here. */
const PRECISION_MIN = 0.5

/** A standstill may be the machine's or k6's own: what lies behind is reported if it fits nearly as well. */
const BEHIND_BONUS = 0.15

/**
 * How well a sign and the bad steps coincide, 0 to 1: the harmonic mean of the share of the bad steps that
 * have the sign and of its steps that are bad. 0 where either is small.
 */
export function fitOf(sign: Steps, bad: Steps): number {
  const both = [...sign].filter((step) => bad.has(step)).length
  const [recall, precision] = [both / bad.size, both / sign.size]
  if (!(recall >= RECALL_MIN && precision >= PRECISION_MIN)) return 0
  return (2 * recall * precision) / (recall + precision)
}

/** What the generator, its machine or a standstill accounts for: the sign that fits the bad steps best. */
export function findSign(of: Case): Finding | undefined {
  const { signs, subject } = of
  const bad = badSteps(of.course)
  // A busy machine makes requests slow; it makes no status 500.
  const behind = subject.kind === 'failed' ? [] : [signs.cpuTaken, signs.k6Stalled, signs.gc]
  const ranked = [...behind, signs.standstill]
    .map((sign) => {
      const bonus = sign === signs.standstill ? 0 : BEHIND_BONUS
      const fit = fitOf(sign, bad)
      return { sign, steps: withNeighbours(sign, bad), fit: fit > 0 ? fit + bonus : 0 }
    })
    .filter(({ steps, fit }) => fit > 0 && accounts(of, steps))
    .sort((one, other) => other.fit - one.fit)
  const [best] = ranked
  return best && signFinding(of, best)
}

// What stands still makes those slow that began just before.
function withNeighbours(sign: Steps, bad: Steps): Set<number> {
  const beside = [...bad].filter((index) => sign.has(index - 1) || sign.has(index + 1))
  return new Set([...[...sign].filter((index) => bad.has(index)), ...beside])
}

function signFinding(of: Case, { sign, steps }: { sign: Steps; steps: Steps }): Finding {
  const { signs, course } = of
  const place = { steps, where: EVERYWHERE }
  if (sign === signs.cpuTaken) return { ...place, code: 'WHY_CPU_TAKEN', what: cpuText(of, steps) }
  if (sign === signs.gc) return { ...place, code: 'WHY_GC', what: gcText(of, steps) }
  if (sign === signs.k6Stalled) {
    const what = `for ${amount(sign.size * course.stepSeconds)} s`
    return { ...place, code: 'WHY_K6_STALLED', what }
  }
  const lengths = of.standstills.map(({ startUs, endUs }) => (endUs - startUs) / 1e6)
  const text = standstillsText(lengths)
  const period = periodOf(of.standstills.map(({ startUs }) => startUs / 1e6))
  if (period === undefined) return { ...place, code: 'WHY_STANDSTILL', what: text }
  return { ...place, code: 'WHY_PERIODIC', what: `${text} every ${amount(period)} s` }
}

/** A finding that is not limited to some time or place. */
export function whole(code: CauseCode, what: string): Finding {
  return { code, where: EVERYWHERE, what }
}

/** Who used the CPUs in some steps: `k6 0.8, sandbox 0.9, others 0.2 of 2 CPUs`. */
export function cpuText(of: Case, steps: Steps | undefined): string {
  const seconds = generatorIn(of, steps)
  const mean = (pick: (second: GeneratorSecond) => number): string =>
    (seconds.reduce((sum, each) => sum + pick(each), 0) / Math.max(1, seconds.length)).toFixed(1)
  const hasSandbox = seconds.some(({ sandboxCpu }) => sandboxCpu !== undefined)
  const sandbox = hasSandbox ? `sandbox ${mean(({ sandboxCpu = 0 }) => sandboxCpu)}, ` : ''
  const others = mean(({ othersCpu, stealCpu }) => othersCpu + stealCpu)
  return `k6 ${mean(({ k6Cpu }) => k6Cpu)}, ${sandbox}others ${others} of ${of.cpus} CPUs`
}

function gcText(of: Case, steps: Steps): string {
  const seconds = generatorIn(of, steps)
  const cpu = seconds.reduce((sum, { gcCpuSeconds = 0 }) => sum + gcCpuSeconds, 0)
  const pause = seconds.reduce((sum, { gcPauseSeconds = 0 }) => sum + gcPauseSeconds, 0)
  return `${cpu.toFixed(1)} s of CPU, ${milliseconds(pause * 1_000)} of pauses`
}

function generatorIn({ generator, course, startUs }: Case, steps: Steps | undefined) {
  const { stepSeconds } = course
  const times = new Set(
    [...(steps ?? course.steps.keys())].map((index) => {
      return Math.floor((course.steps[index]?.at ?? 0) / stepSeconds)
    }),
  )
  return generator.filter(({ atMs }) => {
    return times.has(Math.floor((atMs * 1_000 - 500_000 - startUs) / 1e6 / stepSeconds))
  })
}
