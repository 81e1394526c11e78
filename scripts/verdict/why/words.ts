// Pure. The parts of the sentences.
import { clock, formatMeasure } from '../../core/format-measure.ts'
import type { Unit } from '../../core/limit.ts'
import type { Stretch } from './cause.ts'
import { type Course, groupsOf, type Steps } from './course.ts'
import type { Where } from './where.ts'

const DIGITS = 3

/** With three digits: `218 ms`, `99.93%`. */
export function shortMeasure(value: number, unit: Unit): string {
  // Of what is nearly 100 % the missing part is what differs.
  const isNearOne = unit === 'ratio' && value > 0.5
  const short = isNearOne ? 1 - digits(1 - value) : digits(value)
  return formatMeasure(short, unit)
}

/** `218 ms`. */
export function milliseconds(value: number): string {
  return `${digits(value).toLocaleString('en-US')} ms`
}

/** `1,240`, `12.5`. */
export function amount(value: number): string {
  return digits(value).toLocaleString('en-US')
}

function digits(value: number): number {
  return value >= 1_000 ? Math.round(value) : Number(value.toPrecision(DIGITS))
}

/** `42%`. */
export function percent(ratio: number): string {
  return `${Math.round(ratio * 100)}%`
}

const COUNTS = ['no', 'one', 'two', 'three', 'four', 'five', 'six']

/** `two standstills of 2 s`, `a standstill of 5.5 s`, `three standstills of 2 to 4 s`. */
export function standstillsText(lengthsSeconds: readonly number[]): string {
  const lengths = lengthsSeconds.map((length) => Number(length.toFixed(1))).sort((a, b) => a - b)
  const [least = 0] = lengths
  const most = lengths.at(-1) ?? least
  const length = most - least < 0.3 ? `${amount(most)} s` : `${amount(least)} to ${amount(most)} s`
  if (lengths.length === 1) return `a standstill of ${length}`
  return `${COUNTS[lengths.length] ?? lengths.length} standstills of ${length}`
}

/** The stretches that some steps make. */
export function stretchesOf(course: Course, some: Steps | undefined): Stretch[] {
  const { steps } = course
  return groupsOf(some ?? new Set()).map(([first, last]) => ({
    startSeconds: steps[first]?.at ?? 0,
    endSeconds: endOf(course, last),
    phase: steps[first]?.phase ?? '',
  }))
}

/** How long some steps are together; the last one of the judged time may not be a whole one. */
export function secondsOfSteps(course: Course, some: Steps): number {
  return [...some].reduce((sum, index) => {
    return sum + endOf(course, index) - (course.steps[index]?.at ?? 0)
  }, 0)
}

function endOf({ steps, stepSeconds, endSeconds }: Course, index: number): number {
  return Math.min(endSeconds, (steps[index]?.at ?? 0) + stepSeconds)
}

const STRETCHES_SHOWN = 3

/** `at 0:14 and 0:45 in hold`, `from 0:30 to 0:42 in hold`, `the whole time`. */
export function whenText(stretches: readonly Stretch[]): string {
  if (stretches.length === 0) return 'the whole time'
  const shown = stretches.slice(0, stretches.length > STRETCHES_SHOWN + 1 ? STRETCHES_SHOWN : 4)
  const more = stretches.length - shown.length
  const [only] = shown
  if (only && stretches.length === 1 && only.endSeconds - only.startSeconds > 1) {
    return `from ${clock(only.startSeconds)} to ${clock(only.endSeconds)} in ${only.phase}`
  }
  const times = shown.map(({ startSeconds }) => clock(startSeconds))
  if (more > 0) times.push(`${more} more times`)
  return `at ${listed(times)} in ${listed([...new Set(stretches.map(({ phase }) => phase))])}`
}

/** `all endpoints at once`, `only POST /v1/enhance in eu-west`. */
export function whereText({ names, regions }: Where, noun: string): string {
  const region = regions.length > 0 ? ` in ${listed(regions)}` : ''
  if (names.length > 0) return `only ${listed(names)}${region}`
  return region === '' ? `all ${noun}s` : `all ${noun}s${region} only`
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(all: readonly string[]): string {
  return all.length < 2 ? (all[0] ?? '') : `${all.slice(0, -1).join(', ')} and ${all.at(-1) ?? ''}`
}
