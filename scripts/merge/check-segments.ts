import { isDeepStrictEqual } from 'node:util'
import type { SegmentRun } from './read-segment-run.ts'
import { plannedBy, slaBy } from './script-segments.ts'
import { SKEW_MS_MAX } from '../segments/start-skew.ts'

/** Why runs are not the parts of one load, one sentence part each; empty when they are. */
export function segmentProblems(runs: readonly SegmentRun[]): string[] {
  const [first, ...others] = runs
  if (!first) return ['there is none']
  const differences = others.flatMap((other) => difference(first, other))
  // Parts of different loads can neither overlap nor be missing.
  if (differences.length > 0) return differences
  return [...partProblems(runs), ...clockProblems(runs)]
}

const SAME: [what: string, of: (run: SegmentRun) => unknown][] = [
  ['another scenario', ({ manifest }) => manifest.scenario],
  ['another workload', ({ manifest }) => manifest.workload],
  ['another seed', ({ manifest }) => manifest.settings.seed],
  ['another plan', plannedBy],
  ['another number of segments', ({ manifest }) => manifest.segment.of],
  // k6 deals users out in turn, so parts of another size hold other users.
  ['another number of instances', ({ instances }) => instances.length],
  ['another version of k6', ({ manifest }) => manifest.versions.k6],
  ['another bundle (script.js)', (run) => (run.manifest.script ? '' : run.scriptHash)],
  ['another script, or other files (script.tar)', ({ scriptHash }) => scriptHash],
  ['another SLA file', slaBy],
]

/** The first thing that differs: what follows from it would only be noise. */
function difference(one: SegmentRun, other: SegmentRun): string[] {
  const found = SAME.find(([, of]) => !isDeepStrictEqual(of(one), of(other)))
  if (!found) return []
  const [what, of] = found
  const [before, after] = [of(one), of(other)]
  const isShort = typeof before === 'number' || before === one.manifest.scenario
  const values = isShort ? ` (${String(after)}, not ${String(before)})` : ''
  return [`${other.folder.id} has ${what} than ${one.folder.id}${values}`]
}

function partProblems(runs: readonly SegmentRun[]): string[] {
  const of = runs[0]?.manifest.segment.of ?? 0
  return Array.from({ length: of }, (_, index) => index + 1).flatMap((part) => {
    const owners = runs.filter(({ manifest }) => manifest.segment.part === part)
    if (owners.length === 1) return []
    if (owners.length === 0) return [`segment ${part}/${of} is missing`]
    return [
      `segment ${part}/${of} is there ${owners.length} times (${owners.map(idOf).join(', ')})`,
    ]
  })
}

function idOf({ folder }: SegmentRun): string {
  return folder.id
}

function clockProblems(runs: readonly SegmentRun[]): string[] {
  const starts = runs.map((run) => ({ run, startMs: loadStartMs(run) }))
  const idle = starts.filter(({ startMs }) => startMs === undefined)
  if (idle.length > 0) return idle.map(({ run }) => `${idOf(run)} never began its load`)
  const late = starts.flatMap(({ run, startMs = 0 }) => {
    const lateMs = startMs - Date.parse(run.manifest.segment.startAt)
    if (Math.abs(lateMs) <= SKEW_MS_MAX) return []
    return [`${idOf(run)} began ${seconds(lateMs)} after its --start-at`]
  })
  return [...late, ...apart(starts), ...clocksApart(runs)]
}

function apart(starts: readonly { run: SegmentRun; startMs: number | undefined }[]): string[] {
  const sorted = [...starts].sort((a, b) => (a.startMs ?? 0) - (b.startMs ?? 0))
  const [earliest, latest] = [sorted[0], sorted.at(-1)]
  const skewMs = (latest?.startMs ?? 0) - (earliest?.startMs ?? 0)
  if (!earliest || !latest || skewMs <= SKEW_MS_MAX) return []
  return [`${idOf(latest.run)} began ${seconds(skewMs)} after ${idOf(earliest.run)}`]
}

// Each machine begins on time by its own clock: only a clock that both have seen tells them apart.
function clocksApart(runs: readonly SegmentRun[]): string[] {
  const known = runs.flatMap((run) => {
    const { clock } = run.manifest.segment
    return clock ? [{ run, clock, server: run.manifest.target.base }] : []
  })
  return known.flatMap(({ run, clock, server }, index) => {
    const far = known.slice(0, index).find((other) => {
      const differenceMs = Math.abs(clock.offsetMs - other.clock.offsetMs)
      return (
        other.server === server && differenceMs - clock.errorMs - other.clock.errorMs > SKEW_MS_MAX
      )
    })
    if (!far) return []
    const differenceMs = Math.abs(clock.offsetMs - far.clock.offsetMs)
    return [
      `the clocks of ${idOf(run)} and ${idOf(far.run)} were ${seconds(differenceMs)} apart (by the Date header of ${server ?? ''})`,
    ]
  })
}

/** When the first k6 of a machine began; undefined when none did. */
export function loadStartMs({ manifest }: SegmentRun): number | undefined {
  const [first] = manifest.phases ?? []
  return first && Date.parse(first.startedAt)
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`
}
