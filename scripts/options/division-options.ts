import { type Command, Option } from 'commander'
import { parseDuration } from '../../lib/duration.ts'
import type { Division } from '../segments/instance-plan.ts'
import type { MachinePart } from '../segments/segments.ts'
import { wrongUsage, wrongValue } from '../core/usage-errors.ts'

/** How the user divides a load over several k6. */
export interface DivisionOptions {
  instances?: number
  segment?: MachinePart
  /** Milliseconds since 1970. */
  startAt?: number
}

/** One machine has no use for more processes than this, and k6 counts in fractions of it. */
const INSTANCES_MAX = 256

const MACHINES_MAX = 1_000

/** Longest time that a k6 is kept waiting. */
const WAIT_SECONDS_MAX = 24 * 3_600

/** Adds the options that divide a load. */
export function addDivisionOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--instances <n>',
        'so many k6 processes share the load on this machine, e.g. 4',
      ).argParser(instances),
    )
    .addOption(
      new Option(
        '--segment <i/n>',
        'this machine makes part i of n, e.g. 2/5; then merge',
      ).argParser(segment),
    )
    .addOption(
      new Option(
        '--start-at <time>',
        'with --segment: when all machines begin, e.g. 2026-11-21T12:00:00Z or +30s',
      ).argParser((text) => startAt(text)),
    )
}

/**
 * What the options say together; undefined where one k6 makes all of the load.
 *
 * @throws ToolkitError `K6V_WRONG_USAGE` for one without the other
 */
export function divisionOf({
  instances = 1,
  segment,
  startAt,
}: DivisionOptions): Division | undefined {
  if (segment && startAt === undefined) {
    throw wrongUsage('--segment needs --start-at <time>: all machines must begin together')
  }
  if (!segment && startAt !== undefined) throw wrongUsage('--start-at goes with --segment i/n')
  if (segment && startAt !== undefined) {
    return { instances, machine: { ...segment, startAtMs: startAt } }
  }
  return instances === 1 ? undefined : { instances }
}

/** What a headline says of it. */
export function divisionText(division: Division | undefined): string {
  if (!division) return ''
  const { instances, machine } = division
  const many = instances > 1 ? `, ${instances} instances of k6` : ''
  return machine ? `, segment ${machine.part}/${machine.of} of it${many}` : many
}

function instances(text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= 1 && value <= INSTANCES_MAX) return value
  throw wrongValue('--instances', `a whole number from 1 to ${INSTANCES_MAX}`, text)
}

function segment(text: string): MachinePart {
  const [, part = NaN, of = NaN] = (/^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []).map(Number)
  if (part >= 1 && part <= of && of <= MACHINES_MAX) return { part, of }
  throw wrongValue('--segment', `i/n with i from 1 to n and n at most ${MACHINES_MAX}`, text)
}

/** Reads a moment: ISO 8601 with its zone, or `+30s` from now. */
export function startAt(text: string, nowMs = Date.now()): number {
  const ms = text.startsWith('+') ? nowMs + waitMs(text) : momentMs(text)
  if (ms > nowMs && ms <= nowMs + WAIT_SECONDS_MAX * 1_000) return ms
  const rule = 'a time within the next 24 hours such as 2026-11-21T12:00:00Z, or +30s'
  throw wrongValue('--start-at', rule, text)
}

function waitMs(text: string): number {
  try {
    return parseDuration(text.slice(1)) * 1_000
  } catch {
    return NaN
  }
}

// Without a zone each machine would read it in its own.
function momentMs(text: string): number {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text)
    ? Date.parse(text)
    : NaN
}
