import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import pc from 'picocolors'
import { say } from '../report/console.ts'
import { shownPath } from '../report/shown-path.ts'
import { coloured } from '../report/verdict-tables.ts'
import { runChild } from './run-child.ts'
import { outcomeOf } from './run-outcome.ts'
import type { SuiteRun } from './suite-file.ts'
import type { SuiteRunning } from './suite-running.ts'
import type { RunState } from './suite-state.ts'

const CAUSES_SHOWN = 2

/** Makes one run of a suite, as it would be made by hand, and keeps how it ended. */
export async function runOne(
  run: SuiteRun,
  state: RunState,
  { suite, runsAtOnce }: { suite: SuiteRunning; runsAtOnce: number },
): Promise<void> {
  const { folder, results, stop, kill, isVerbose, show } = suite
  state.startedAt = new Date().toISOString()
  await suite.save()
  const known = new Set(await readdir(results))
  const log = join(folder, `run-${state.number}.log`)
  const onLine = (line: string): void => {
    if (isVerbose) say(`[${state.number} ${run.label}] ${line}`)
    else if (line.trim() !== '') show(line.trim())
  }
  const { pid, exitCode, error } = await runChild({ words: run.words, log, onLine, stop, kill })
  state.endedAt = new Date().toISOString()
  if (exitCode !== undefined) state.exitCode = exitCode
  const outcome = await outcomeOf({ results, pid, known }, { runsAtOnce })
  if ('trouble' in outcome) state.trouble = troubleOf(state, error ?? outcome.trouble, log)
  else state.outcome = outcome
  await suite.save()
  tell(state, results)
}

function troubleOf({ exitCode }: RunState, why: string, log: string): string {
  const end = exitCode === undefined ? 'was killed' : `ended with exit code ${exitCode}`
  return `it ${end} and without a verdict: ${why} (${shownPath(log)})`
}

function tell({ number, label, outcome, trouble }: RunState, results: string): void {
  if (!outcome) {
    say(`  ${pc.red('NO VERDICT')}  ${number} ${label}\n    ${trouble ?? ''}`)
    return
  }
  const report = shownPath(join(results, outcome.folder, 'report.html'))
  say(`  ${coloured(outcome)}  ${number} ${label}  ${report}`)
  for (const cause of outcome.causes.slice(0, CAUSES_SHOWN)) say(`    ${cause}`)
}
