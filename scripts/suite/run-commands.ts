import { join } from 'node:path'
import { say } from '../core/console.ts'
import { runShellCommand } from '../engines/local/shell-command.ts'
import { userFolder } from '../script/typed-path.ts'
import type { CommandState, PhaseState } from './suite-state.ts'
import type { SuiteRunning } from './suite-running.ts'

export interface CommandsInput {
  kind: 'prepare' | 'cleanup'
  phase: PhaseState
  /** As written: what the state has is masked. */
  commands: readonly string[]
  /** Ends the one that runs. */
  signal: AbortSignal
}

/**
 * Runs the commands of a phase in their order. Those of `prepare` end with the first that fails; of `cleanup` each is
 * tried.
 *
 * @returns whether all of them have succeeded
 */
export async function runCommands(input: CommandsInput, suite: SuiteRunning): Promise<boolean> {
  const { kind, phase, commands, signal } = input
  let areGood = true
  for (const [index, command] of commands.entries()) {
    const state = phase[kind][index]
    if (!state) continue
    if (signal.aborted || (!areGood && kind === 'prepare')) {
      state.trouble = 'was not started'
      areGood = false
      continue
    }
    suite.show(`${phase.name}: ${kind} ${index + 1} of ${commands.length}: ${state.command}`)
    const log = join(suite.folder, `${phase.name}-${kind}-${index + 1}.log`)
    const { lastLines, ...end } = await runShellCommand({
      ...{ command, log, signal },
      folder: userFolder(process.env),
      timeoutSeconds: suite.suite.commandTimeoutSeconds,
    })
    Object.assign(state, end)
    await suite.save()
    const isGood = end.exitCode === 0 && end.trouble === undefined
    areGood &&= isGood
    tell(state, { kind, isGood, lastLines, isVerbose: suite.isVerbose })
  }
  return areGood
}

interface Told {
  kind: string
  isGood: boolean
  lastLines: string[]
  isVerbose: boolean
}

function tell(state: CommandState, { kind, isGood, lastLines, isVerbose }: Told): void {
  const { command, seconds = 0, exitCode, trouble } = state
  const how = isGood ? '' : `: ${trouble ?? `exit code ${exitCode ?? 'unknown'}`}`
  say(`  ${kind}  ${command} (${seconds.toFixed(1)} s)${how}`)
  if (!isGood || isVerbose) for (const line of lastLines) say(`    | ${line}`)
}
