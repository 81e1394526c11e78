import { endProgress, progress } from '../core/console.ts'
import { warn } from '../report/deliver.ts'
import { judgeSuite } from './judge-suite.ts'
import { giveUp, mustStop, runPhase } from './run-phase.ts'
import type { Suite } from './suite-file.ts'
import { progressText } from './suite-progress.ts'
import type { SuiteRunning } from './suite-running.ts'
import { type SuiteState, writeSuiteState } from './suite-state.ts'

export interface RunSuiteInput {
  suite: Suite
  state: SuiteState
  folder: string
  results: string
  isVerbose: boolean
  stop: AbortSignal
  kill: AbortSignal
}

const SHOWN_EVERY_MS = 1_000

/** Runs all phases of a suite and judges it. suite.json in its folder is always up to date. */
export async function runSuite(input: RunSuiteInput): Promise<SuiteState> {
  const { suite, state, stop } = input
  const startedAtMs = Date.parse(state.startedAt)
  const save = saver(input)
  let last = ''
  const draw = (): void => {
    progress(`  ${progressText(state, Date.now())}${last === '' ? '' : ` | ${last}`}`)
  }
  const show = (text: string): void => {
    last = text
    draw()
  }
  const running: SuiteRunning = { ...input, show, save }
  const timer = setInterval(draw, SHOWN_EVERY_MS)
  try {
    for (const [index, phase] of suite.phases.entries()) {
      const own = state.phases[index]
      if (!own) continue
      const isOver = mustStop(
        state.phases.slice(0, index).flatMap(({ runs }) => runs),
        running,
      )
      if (stop.aborted || isOver) giveUp(own, stop.aborted ? 'stopped' : 'earlier failure')
      else await runPhase(phase, own, running)
    }
  } finally {
    clearInterval(timer)
    endProgress()
  }
  if (stop.aborted) state.isStopped = true
  state.endedAt = new Date().toISOString()
  state.result = judgeSuite(state, (Date.now() - startedAtMs) / 1_000)
  await save()
  return state
}

// One after the other, as runs that go on at once all change the state. A full disk does not end the suite.
function saver({ folder, state }: RunSuiteInput): () => Promise<void> {
  let saved = Promise.resolve()
  return () => {
    saved = saved
      .then(() => writeSuiteState(folder, state))
      .catch((error: unknown) => warn(`suite.json could not be written: ${String(error)}`))
    return saved
  }
}
