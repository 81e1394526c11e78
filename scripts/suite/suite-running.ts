import type { Suite } from './suite-file.ts'
import type { SuiteState } from './suite-state.ts'

/** A suite while it runs: what all of its parts share. */
export interface SuiteRunning {
  suite: Suite
  state: SuiteState
  /** Its folder in that of the results. */
  folder: string
  results: string
  /** All output of all runs is shown. */
  isVerbose: boolean
  /** The first Ctrl+C. */
  stop: AbortSignal
  /** The second one. */
  kill: AbortSignal
  /** Shows what goes on, in the line that changes. */
  show: (text: string) => void
  /** Writes the state, for other terminals. */
  save: () => Promise<void>
}
