// Pure. The verdict of a suite: that of the worst run that did not end as allowed.
import { count, number } from '../core/format-measure.ts'
import { reason } from '../reasons/reasons.ts'
import { exitCode } from '../verdict/exit-code.ts'
import {
  type Judgement,
  VERDICT_WORDS,
  verdictText,
  verdictWord,
  worst,
} from '../verdict/verdict.ts'
import { runsOf, type RunState, type SuiteResult, type SuiteState } from './suite-state.ts'

/** Whether a run ended with an allowed verdict; a close PASS is none where the suite or the run is strict. */
export function isAsAllowed(run: RunState, isSuiteStrict = false): boolean {
  const { outcome, allowed, isStrict = isSuiteStrict } = run
  if (!outcome || !allowed.some((each) => each === outcome.verdict)) return false
  return !(isStrict && outcome.verdict === 'PASS' && outcome.isClose)
}

/** Judges a suite that has ended. With a run that was not made or left no verdict it cannot pass. */
export function judgeSuite(state: SuiteState, elapsedSeconds: number): SuiteResult {
  const runs = runsOf(state)
  const { isStrict, isStopped } = state
  const judgement = worst(runs.map((run) => judgementOf(run, isStrict)))
  const stopped = reason('STOPPED_BY_USER', { elapsedSeconds, plannedSeconds: plannedOf(state) })
  const reasons = [
    ...(isStopped ? [stopped.text] : []),
    ...prepareFaults(state),
    ...byUrgency(
      runs.filter((run) => !isAsAllowed(run, isStrict)),
      isStrict,
    ).map(faultOf),
    ...runs.filter((run) => isAsAllowed(run, isStrict)).flatMap(noteOf),
    ...cleanupFaults(state),
  ]
  const whole: Judgement = isStopped ? { verdict: 'INVALID' } : judgement
  const strict = isStrict || runs.some((run) => run.isStrict && !isAsAllowed(run))
  const code = exitCode({ ...whole, reasons: isStopped ? [stopped] : [] }, { strict })
  return { ...whole, exitCode: code, reasons }
}

// The worst first.
function byUrgency(runs: readonly RunState[], isStrict: boolean): RunState[] {
  const rank = (run: RunState): number =>
    VERDICT_WORDS.indexOf(verdictWord(judgementOf(run, isStrict)))
  return [...runs].sort((one, other) => rank(other) - rank(one))
}

// What a run is for the suite: a verdict that is allowed counts as PASS.
function judgementOf(run: RunState, isStrict: boolean): Judgement {
  const { outcome } = run
  if (isAsAllowed(run, isStrict)) {
    return {
      verdict: 'PASS',
      ...(outcome?.isClose && outcome.verdict === 'PASS' && { isClose: true }),
    }
  }
  // The failed run that kept it from starting decides.
  if (!outcome) return { verdict: run.notStarted === 'earlier failure' ? 'NO_DATA' : 'INVALID' }
  const { verdict, isClose } = outcome
  // A script without objectives proves nothing.
  if (verdict === 'NO_OBJECTIVES') return { verdict: 'NO_DATA' }
  // A run that was meant to fail and passed: the suite has not shown what it was meant to.
  if (verdict === 'PASS' && !run.allowed.includes('PASS')) return { verdict: 'FAIL' }
  return { verdict, ...(isClose && { isClose }) }
}

function faultOf(run: RunState): string {
  const { outcome, label, allowed, trouble } = run
  const isOnlyClose = outcome?.verdict === 'PASS' && allowed.includes('PASS')
  const asked = isOnlyClose
    ? 'strict allows no close PASS'
    : `only ${allowed.join(' or ')} is allowed`
  if (!outcome) return `${nameOf(run)}: ${trouble ?? 'it left no verdict'}`
  const [cause] = outcome.causes
  const why = cause === undefined ? '' : `: ${cause}`
  return `${label} ended with ${verdictText(outcome)}, and ${asked}${why}`
}

function nameOf({ number: place, label }: RunState): string {
  return `run ${place}, ${label}`
}

function noteOf({ outcome, label }: RunState): string[] {
  if (!outcome || (outcome.verdict === 'PASS' && !outcome.isClose)) return []
  return [`${label} ended with ${verdictText(outcome)}, which is allowed`]
}

function prepareFaults({ phases }: SuiteState): string[] {
  return phases.flatMap(({ name, prepare }) =>
    prepare
      .filter(hasFailed)
      .map((each) => `The preparation of ${name} failed: ${commandFault(each)}`),
  )
}

// By then the runs were measured, so the verdict stays.
function cleanupFaults({ phases }: SuiteState): string[] {
  return phases.flatMap(({ name, cleanup }) =>
    cleanup.filter(hasFailed).map((each) => `The cleanup of ${name} failed: ${commandFault(each)}`),
  )
}

type Ended = SuiteState['phases'][0]['prepare'][0]

function hasFailed({ exitCode: code, trouble, seconds }: Ended): boolean {
  return (code ?? 0) !== 0 || (trouble !== undefined && seconds !== undefined)
}

function commandFault({ command, exitCode: code, trouble }: Ended): string {
  return `"${command}" ${trouble ?? `ended with exit code ${code ?? 'unknown'}`}`
}

/** Seconds of all runs; of runs that go on at once only the longest counts, and unknown ones count as 0. */
export function plannedOf({ phases }: SuiteState): number {
  const seconds = phases.map(({ runs, isParallel }) => {
    const each = runs.map(({ plannedSeconds = 0 }) => plannedSeconds)
    return isParallel ? Math.max(0, ...each) : each.reduce((sum, some) => sum + some, 0)
  })
  return seconds.reduce((sum, some) => sum + some, 0)
}

/** `5 of 6 runs ended as allowed, 1 was not started`. */
export function countText(state: SuiteState): string {
  const runs = runsOf(state)
  const good = runs.filter((run) => isAsAllowed(run, state.isStrict)).length
  const left = runs.filter(({ startedAt }) => startedAt === undefined).length
  const ended = `${number(good)} of ${count(runs.length, 'run')} ended as allowed`
  return left === 0 ? ended : `${ended}, ${number(left)} ${left === 1 ? 'was' : 'were'} not started`
}
