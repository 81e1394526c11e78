import { availableParallelism } from 'node:os'
import { say } from '../core/console.ts'
import { nextInterrupt } from '../core/interrupts.ts'
import { isAsAllowed } from './judge-suite.ts'
import { runCommands } from './run-commands.ts'
import { runOne } from './run-one.ts'
import type { SuitePhase } from './suite-file.ts'
import type { SuiteRunning } from './suite-running.ts'
import type { NotStarted, PhaseState, RunState } from './suite-state.ts'

/** Prepares a phase, makes its runs, and always cleans up. */
export async function runPhase(
  phase: SuitePhase,
  state: PhaseState,
  suite: SuiteRunning,
): Promise<void> {
  state.startedAt = new Date().toISOString()
  say(`\n${phase.name}: ${phaseText(phase)}`)
  try {
    await enter(state, 'preparing', suite)
    const isReady = await runCommands(
      { kind: 'prepare', phase: state, commands: phase.prepare, signal: suite.stop },
      suite,
    )
    if (isReady && !suite.stop.aborted) {
      await enter(state, 'running', suite)
      await (phase.isParallel ? runAtOnce : runInOrder)(phase, state, suite)
    }
    giveUp(state, suite.stop.aborted ? 'stopped' : 'preparation failed')
  } finally {
    await cleanUp(phase, state, suite)
    state.endedAt = new Date().toISOString()
    await enter(state, 'ended', suite)
  }
}

async function enter(
  state: PhaseState,
  stage: PhaseState['stage'],
  { save }: SuiteRunning,
): Promise<void> {
  state.stage = stage
  await save()
}

function phaseText({ runs, isParallel }: SuitePhase): string {
  if (runs.length === 1) return '1 run'
  if (!isParallel) return `${runs.length} runs in order`
  const cpus = availableParallelism()
  return `${runs.length} runs at once: they share this machine's ${cpus} CPUs and affect each other's latencies`
}

async function runAtOnce({ runs }: SuitePhase, state: PhaseState, suite: SuiteRunning) {
  const runsAtOnce = runs.length
  await Promise.all(
    runs.map(async (run, index) => {
      const own = state.runs[index]
      if (own) await runOne(run, own, { suite, runsAtOnce })
    }),
  )
}

async function runInOrder({ runs }: SuitePhase, state: PhaseState, suite: SuiteRunning) {
  for (const [index, run] of runs.entries()) {
    const own = state.runs[index]
    if (!own || own.notStarted || suite.stop.aborted) return
    await runOne(run, own, { suite, runsAtOnce: 1 })
    if (mustStop([own], suite)) giveUp(state, 'earlier failure')
  }
}

/** Whether the suite must not start anything else. */
export function mustStop(runs: readonly RunState[], { suite, state }: SuiteRunning): boolean {
  if (suite.onFailure !== 'stop') return false
  return runs.some((run) => !isAsAllowed(run, state.isStrict))
}

/** Marks the runs of a phase that have not begun with the reason why they never will. */
export function giveUp({ runs }: PhaseState, why: NotStarted): void {
  for (const run of runs) {
    if (run.startedAt !== undefined || run.notStarted) continue
    run.notStarted = why
    run.trouble = `it was not started (${why})`
  }
}

// Ctrl+C has ended the runs already; only a further one ends the cleanup.
async function cleanUp(phase: SuitePhase, state: PhaseState, suite: SuiteRunning): Promise<void> {
  if (phase.cleanup.length === 0) return
  await enter(state, 'cleaning up', suite)
  const { signal, close } = nextInterrupt(suite.stop)
  try {
    await runCommands({ kind: 'cleanup', phase: state, commands: phase.cleanup, signal }, suite)
  } finally {
    close()
  }
}
