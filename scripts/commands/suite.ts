import { join } from 'node:path'
import { mkdir } from 'node:fs/promises'
import type { Command } from 'commander'
import { clock, count } from '../core/format-measure.ts'
import { say, shownPath } from '../core/console.ts'
import { listenForInterrupts } from '../core/interrupts.ts'
import { interrupted } from '../plan/errors.ts'
import { readyK6 } from '../k6/k6-context.ts'
import { requireResultsFolder, resultsFolder } from '../run-folder/run-folder.ts'
import { scriptEnvironment } from '../plan/users-file.ts'
import { userPath } from '../script/typed-path.ts'
import { suiteInvalid } from '../suite/errors.ts'
import { newSuiteState } from '../suite/new-suite-state.ts'
import { planRuns } from '../suite/plan-runs.ts'
import { readSuite } from '../suite/read-suite.ts'
import { runSuite } from '../suite/run-suite.ts'
import { suiteCheckText } from '../suite/suite-terminal.ts'
import { type SuiteOptions, usualOptions } from '../suite/suite-options.ts'
import { expectedSeconds } from '../suite/suite-progress.ts'
import { reportSuite } from '../suite/report-suite.ts'
import { runsOf, type SuiteState } from '../suite/suite-state.ts'

/**
 * Runs a suite and reports its verdict; the exit code is that of its worst run.
 *
 * @param commands all of the command line: they declare the options that runs may have
 */
export async function suite(
  file: string,
  options: SuiteOptions,
  commands: readonly Command[],
): Promise<number> {
  const startedAt = new Date()
  const path = userPath(file, process.env)
  const shown = shownPath(path)
  const { timeScale, strict: isStrict, verbose: isVerbose } = options
  const overrides = timeScale === undefined ? {} : { timeScale }
  const { suite, withLines } = await readSuite(path, shown, {
    commands,
    env: process.env,
    overrides,
    usual: usualOptions(options),
  })
  await scriptEnvironment(process.env)
  const { stop, kill, close } = listenForInterrupts()
  try {
    const k6 = await readyK6(stop)
    const scriptOptions = commands.find((each) => each.name() === 'run')?.options ?? []
    const { seconds, problems } = await planRuns(suite, { k6, stop, scriptOptions })
    if (stop.aborted) throw interrupted()
    if (problems.length > 0) throw suiteInvalid(shown, withLines(problems))
    const state = newSuiteState({
      suite,
      file: shown,
      isStrict,
      plannedSeconds: seconds,
      startedAt,
    })
    if (options.check) {
      say(suiteCheckText(state))
      return 0
    }
    const results = resultsFolder(process.env)
    const folder = join(results, state.id)
    await requireResultsFolder(folder)
    await mkdir(folder)
    say(headline(state))
    say(
      `${shownPath(folder)}; Ctrl+C, or "npm run k6 -- suite stop", ends it with what was measured`,
    )
    const ended = await runSuite({ suite, state, folder, results, isVerbose, stop, kill })
    return await reportSuite(ended, folder)
  } finally {
    close()
  }
}

function headline(state: SuiteState): string {
  const { name, phases } = state
  const what = `${count(runsOf(state).length, 'run')} in ${count(phases.length, 'phase')}`
  return `suite ${name}: ${what}, about ${clock(expectedSeconds(state))}`
}
