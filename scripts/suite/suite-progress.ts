import { clock } from '../core/format-measure.ts'
import { plannedOf } from './judge-suite.ts'
import { type PhaseState, runsOf, type RunState, type SuiteState } from './suite-state.ts'

/** What a run takes besides its load, before one has told: reading its script, starting k6 and a sandbox, judging. */
const AROUND_SECONDS = 8

/** `peak, run 2 of 6, about 1:20 left`: where a suite is. */
export function progressText(state: SuiteState, nowMs: number): string {
  const runs = runsOf(state)
  const phase = state.phases.find(({ stage }) => stage !== 'waiting' && stage !== 'ended')
  const left = clock(secondsLeft(state, nowMs))
  if (!phase) return `${runs.length} runs, about ${left} left`
  const active = phase.runs.filter(isActive)
  const done = runs.filter(({ endedAt }) => endedAt !== undefined).length
  const [first] = active
  const which =
    first === undefined
      ? phase.stage
      : `run ${[first, ...active.slice(1)].map(({ number }) => number).join(' and ')}`
  return `${phase.name}, ${first === undefined ? `${which}, ${done}` : which} of ${runs.length}, about ${left} left`
}

/** Seconds that the rest of a suite takes, by the plan of each run. */
export function secondsLeft(state: SuiteState, nowMs: number): number {
  const around = aroundSeconds(runsOf(state))
  return state.phases.reduce((sum, phase) => {
    return sum + phaseLeft(phase, (run) => runLeft(run, nowMs, around))
  }, 0)
}

// On this machine, as far as the runs that have ended tell.
function aroundSeconds(runs: readonly RunState[]): number {
  const known = runs.flatMap(({ startedAt, endedAt, plannedSeconds, outcome }) => {
    if (!startedAt || !endedAt || plannedSeconds === undefined || !outcome) return []
    return Math.max(0, (Date.parse(endedAt) - Date.parse(startedAt)) / 1_000 - plannedSeconds)
  })
  if (known.length === 0) return AROUND_SECONDS
  return known.reduce((sum, each) => sum + each, 0) / known.length
}

function phaseLeft(
  { runs, isParallel, stage }: PhaseState,
  leftOf: (run: RunState) => number,
): number {
  if (stage === 'ended') return 0
  const each = runs.map(leftOf)
  return isParallel ? Math.max(0, ...each) : each.reduce((sum, some) => sum + some, 0)
}

function runLeft(run: RunState, nowMs: number, around: number): number {
  if (run.endedAt !== undefined || run.notStarted) return 0
  const whole = (run.plannedSeconds ?? 0) + around
  const elapsed = run.startedAt === undefined ? 0 : (nowMs - Date.parse(run.startedAt)) / 1_000
  return Math.max(0, whole - elapsed)
}

function isActive({ startedAt, endedAt }: RunState): boolean {
  return startedAt !== undefined && endedAt === undefined
}

/** Of the whole suite, with what is around its runs. */
export function expectedSeconds(state: SuiteState): number {
  const runs = state.phases.map(({ isParallel, runs: some }) => (isParallel ? 1 : some.length))
  return plannedOf(state) + AROUND_SECONDS * runs.reduce((sum, some) => sum + some, 0)
}
