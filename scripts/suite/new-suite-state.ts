import { maskSecrets } from '../core/mask-secrets.ts'
import { oneLine } from '../core/printable.ts'
import { commandText, shellCommand } from '../run-folder/manifest.ts'
import { newRunId } from '../run-folder/run-folder.ts'
import { ownIdentity } from './process-identity.ts'
import type { Suite, SuitePhase } from './suite-file.ts'
import type { CommandState, PhaseState, SuiteState } from './suite-state.ts'

export interface NewSuite {
  suite: Suite
  /** As it may be shown. */
  file: string
  isStrict: boolean
  /** By the place of a run in the file. */
  plannedSeconds: ReadonlyMap<string, number>
  startedAt: Date
}

/** What is known of a suite before its first phase. */
export function newSuiteState(input: NewSuite): SuiteState {
  const { suite, file, isStrict, startedAt, plannedSeconds } = input
  let last = 0
  const phaseOf = (phase: SuitePhase): PhaseState => ({
    name: phase.name,
    isParallel: phase.isParallel,
    stage: 'waiting',
    prepare: phase.prepare.map(commandState),
    cleanup: phase.cleanup.map(commandState),
    runs: phase.runs.map(({ path, label, words, allowed, isStrict: isOwn }) => {
      const seconds = plannedSeconds.get(path)
      return {
        number: ++last,
        label,
        command: commandText(words),
        allowed,
        ...(isOwn && { isStrict: true }),
        ...(seconds !== undefined && { plannedSeconds: seconds }),
      }
    }),
  })
  return {
    format: 1,
    kind: 'suite',
    // "latest" looks for names that begin with a date: this is no run.
    id: `suite-${newRunId(suite.name, startedAt)}`,
    name: suite.name,
    ...(suite.description !== undefined && { description: suite.description }),
    file,
    command: shellCommand(),
    process: ownIdentity(),
    startedAt: startedAt.toISOString(),
    onFailure: suite.onFailure,
    isStrict,
    phases: suite.phases.map(phaseOf),
  }
}

function commandState(command: string): CommandState {
  return { command: oneLine(maskSecrets(command)) }
}
