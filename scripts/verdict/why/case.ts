// Pure. One missed objective, and all that is known of its time.
import type { LoadModel } from '../../../lib/plan.ts'
import type { GeneratorSecond } from '../../run/generator-second.ts'
import type { SampleDatabase } from '../../samples/sample-database.ts'
import { kneeOf, loadAt, loadLevels } from '../diagnosis/load-levels.ts'
import type { Span, TimedPhase } from '../timeline.ts'
import type { CauseCode } from './cause.ts'
import { accountOf, badSteps, type Course, groupsOf, type Step, type Steps, sumOf } from './course.ts'
import { type Growth, growthOf, periodOf, phasesOf } from './shape.ts'
import type { Signs } from './signs.ts'
import type { Subject } from './subject.ts'
import { EVERYWHERE, type Where } from './where.ts'
import { amount, milliseconds, percent, standstillsText } from './words.ts'

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

/** Of the run: what is bad for longer is no special time. */
const TIME_SHARE_MAX = 0.6

const GROUPS_MAX = 6

/** Whether some steps hold most of the bad rows, much denser than the rest. */
export function accounts({ course }: Pick<Case, 'course'>, steps: Steps): boolean {
  const { share, odds } = accountOf(course, steps)
  return steps.size > 0 && share >= SHARE_MIN && odds >= ODDS_MIN
}

/** The special time of a case: few stretches, or regular ones, that hold most of the bad rows. */
export function specialTime({ course }: Pick<Case, 'course'>): Steps | undefined {
  const bad = badSteps(course)
  if (bad.size > TIME_SHARE_MAX * course.steps.length || !accounts({ course }, bad)) return undefined
  const isShaped = periodOf(course, bad) !== undefined || phasesOf(course, bad) !== undefined
  return isShaped || mainGroups(course, bad) <= GROUPS_MAX ? bad : undefined
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

/** A sign's steps, with the bad ones beside them: what stands still makes those slow that began before. */
export function withNeighbours({ course }: Pick<Case, 'course'>, sign: Steps): Steps {
  const beside = [...badSteps(course, sign)].filter((index) => {
    return sign.has(index - 1) || sign.has(index + 1)
  })
  return new Set([...sign, ...beside])
}

/** What the generator, its machine or a standstill accounts for. */
export function findSign(of: Case): Finding | undefined {
  const { signs, course } = of
  const cpuTaken = withNeighbours(of, signs.cpuTaken)
  if (accounts(of, cpuTaken)) return { ...whole('WHY_CPU_TAKEN', cpuText(of, cpuTaken)), steps: cpuTaken }
  const stalled = withNeighbours(of, signs.k6Stalled)
  if (accounts(of, stalled)) {
    const seconds = `for ${amount(signs.k6Stalled.size * course.stepSeconds)} s`
    return { ...whole('WHY_K6_STALLED', seconds), steps: stalled }
  }
  const gc = withNeighbours(of, signs.gc)
  if (accounts(of, gc)) return { ...whole('WHY_GC', gcText(of, gc)), steps: gc }
  const still = withNeighbours(of, signs.standstill)
  if (!accounts(of, still)) return undefined
  const lengths = of.standstills.map(({ startUs, endUs }) => (endUs - startUs) / 1e6)
  const text = standstillsText(lengths)
  const period = periodOf(course, still)
  return period === undefined
    ? { ...whole('WHY_STANDSTILL', text), steps: still }
    : { ...whole('WHY_PERIODIC', `${text} every ${amount(period)} s`), steps: still }
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

/** At full load, the load itself changes nothing. */
const FULL_LOAD_SHARE = 0.9

/** Less growth is what a run of a minute shows by chance. */
const GROWTH_TIMES_MIN = 1.3

const GROWTH_BAD_TIMES_MIN = 2

/** How the objective got worse through all of the time at full load, in words; undefined if it did not. */
export function growthText({ course, timeline, startUs, subject }: Case): string | undefined {
  const load = ({ at }: Step): number => loadAt(startUs + at * 1e6 + 500_000, timeline)
  const peak = Math.max(...course.steps.map(load))
  const steady = course.steps.filter((step) => step.rows > 0 && load(step) >= FULL_LOAD_SHARE * peak)
  const usual = (steps: readonly Step[]): number => medianOf(steps.flatMap(({ usualMs }) => usualMs ?? []))
  const slower =
    subject.kind === 'slow' ? growthOf(steady, usual, GROWTH_TIMES_MIN) : undefined
  if (slower) return `typically ${fromTo(slower, milliseconds)}`
  const badShare = (steps: readonly Step[]): number => {
    const { rows, bad } = sumOf(steps)
    return rows > 0 ? bad / rows : 0
  }
  const worse = growthOf(steady, badShare, GROWTH_BAD_TIMES_MIN)
  if (!worse || !isSignificant(worse, sumOf(steady).rows / 4)) return undefined
  const noun = subject.kind === 'failed' ? 'failures' : 'over the limit'
  return `${noun} ${fromTo(worse, percentOf)}`
}

function percentOf(ratio: number): string {
  return `${amount(ratio * 100)}%`
}

function fromTo({ first, last }: Growth, text: (value: number) => string): string {
  return `${text(first)} in its first quarter, ${text(last)} in its last`
}

// Three standard errors of the difference of two shares of so many rows each.
function isSignificant({ first, last }: Growth, rows: number): boolean {
  const p = (first + last) / 2
  return last - first > 3 * Math.sqrt((2 * p * (1 - p)) / Math.max(1, rows))
}

function medianOf(values: readonly number[]): number {
  const ordered = [...values].sort((one, other) => one - other)
  return ordered[Math.floor(ordered.length / 2)] ?? 0
}

/** The knee of the target's throughput, in words; undefined where more load brought more answers. */
export function kneeText({ course, timeline, startUs, model, subject }: Case): string | undefined {
  if (model === 'once' || subject.kind === 'failed') return undefined
  const { steps, stepSeconds } = course
  const answered = ({ rows, bad }: Step): number =>
    (subject.kind === 'too-few' ? rows - bad : rows) / stepSeconds
  const series = {
    startMs: startUs / 1_000,
    stepSeconds,
    step: steps.map(({ at }) => at / stepSeconds),
    requestsPerSecond: steps.map(answered),
    p50Ms: steps.map(({ usualMs }) => usualMs ?? null),
  }
  const found = kneeOf(loadLevels(series, timeline))
  if (!found) return undefined
  const { knee, top } = found
  const unit = model === 'open' ? 'iterations/s' : 'users'
  return (
    `from ${amount(knee.load)} to ${amount(top.load)} ${unit} the throughput went from ` +
    `${amount(knee.perSecond)} to ${amount(top.perSecond)} requests/s, ` +
    `and the typical latency from ${milliseconds(knee.p50Ms)} to ${milliseconds(top.p50Ms)}`
  )
}

/** How much of the bad rows lies in how much of the time. */
export function densityText({ course, subject }: Case, steps: Steps): string {
  const inside = sumOf(course.steps.filter((_, index) => steps.has(index))).bad
  const all = sumOf(course.steps).bad
  const noun = { slow: 'slow ones', failed: 'failures', 'too-few': 'missing ones' }[subject.kind]
  const [some, of] = [steps.size, course.steps.length].map((each) => amount(each * course.stepSeconds))
  return `${some} of ${of} s hold ${percent(inside / all)} of the ${noun}`
}
