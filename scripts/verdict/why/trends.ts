// Pure. How a case developed over time and load, in words.
import { loadAt } from '../../indicators/from-samples/measure-total.ts'
import { kneeOf, loadLevels } from '../diagnosis/load-levels.ts'
import { median } from '../../statistics/quantile.ts'
import type { Subject } from '../../indicators/from-samples/subject.ts'
import type { Case } from './case.ts'
import { type Course, type Step, type Steps, sumOf } from './course.ts'
import { type Growth, growthOf } from './shape.ts'
import { amount, milliseconds, percent } from './words.ts'

/** At full load, the load itself changes nothing. */
const FULL_LOAD_SHARE = 0.9

/** Less growth is what a run of a minute shows by chance. */
const GROWTH_TIMES_MIN = 1.3

const GROWTH_BAD_TIMES_MIN = 2

/** How the objective got worse through all of the time at full load, in words; undefined if it did not. */
export function growthText({ course, timeline, startUs, subject }: Case): string | undefined {
  const load = ({ at }: Step): number => loadAt(startUs + at * 1e6 + 500_000, timeline)
  const peak = Math.max(...course.steps.map(load))
  const steady = course.steps.filter(
    (step) => step.rows > 0 && load(step) >= FULL_LOAD_SHARE * peak,
  )
  const usual = (steps: readonly Step[]): number =>
    median(steps.flatMap(({ usualMs }) => usualMs ?? []))
  const slower =
    subject.kind === 'slow' ? growthOf(steady.filter(isTimed), usual, GROWTH_TIMES_MIN) : undefined
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

const isTimed = ({ usualMs }: Step): boolean => usualMs !== undefined

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

/** How much slower it was in some steps; undefined where nothing was timed. */
export function slowedText({ steps }: Course, some: Steps): string | undefined {
  const usual = (isInside: boolean): number[] =>
    steps.flatMap(({ usualMs }, index) => (some.has(index) === isInside ? (usualMs ?? []) : []))
  const [inside, outside] = [usual(true), usual(false)]
  if (inside.length === 0 || outside.length === 0) return undefined
  return `typically ${milliseconds(median(inside))}, ${milliseconds(median(outside))} otherwise`
}

const NOUNS: Record<Subject['kind'], string> = {
  slow: 'slow ones',
  failed: 'failures',
  'too-few': 'missing ones',
  unrecovered: 'slow or failed ones',
}

/** How much of the bad rows lies in how much of the time. */
export function densityText({ course, subject }: Case, steps: Steps): string {
  const inside = sumOf(course.steps.filter((_, index) => steps.has(index))).bad
  const all = sumOf(course.steps).bad
  const noun = NOUNS[subject.kind]
  const [some, of] = [steps.size, course.steps.length].map((each) =>
    amount(each * course.stepSeconds),
  )
  return `${some} of ${of} s hold ${percent(inside / all)} of the ${noun}`
}
