import { spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import pc from 'picocolors'
import { endTree } from '../core/processes.ts'
import { projectPath } from '../core/project.ts'
import { say, shownPath } from '../core/console.ts'
import { coloured } from '../report/verdict-tables.ts'
import { outcomeOf, type RunOutcome } from './run-outcome.ts'
import { EXIT_FAIL } from '../verdict/exit-code.ts'
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
  const end = await runChild({ words: run.words, log, onLine, stop, kill }).catch(notStarted)
  const { pid, exitCode } = end
  state.endedAt = new Date().toISOString()
  if (exitCode !== undefined) state.exitCode = exitCode
  const outcome = await outcomeOf({ results, pid, known }, { runsAtOnce })
  const trouble = troubleOf(end, outcome)
  if (trouble !== undefined) state.trouble = `${trouble} (${shownPath(log)})`
  else if (!('trouble' in outcome)) state.outcome = outcome
  await suite.save()
  tell(state, results)
}

function notStarted(error: unknown): ChildEnd {
  return { pid: 0, error: `it could not be started: ${(error as Error).message}` }
}

/** Why a run counts as one without a verdict: one that was killed, or crashed, may have left that of its first pass. */
export function troubleOf(
  { exitCode, error }: Omit<ChildEnd, 'pid'>,
  outcome: RunOutcome | { trouble: string },
): string | undefined {
  const end = exitCode === undefined ? 'was killed' : `ended with exit code ${exitCode}`
  if ('trouble' in outcome) return `it ${end} and without a verdict: ${error ?? outcome.trouble}`
  const { verdict, isClose } = outcome
  const isPass = verdict === 'PASS' && exitCode !== 0 && !(exitCode === EXIT_FAIL && isClose)
  if (exitCode !== undefined && !isPass) return undefined
  return `it ${end}, so the ${verdict} in its folder does not count${error ? `: ${error}` : ''}`
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

interface ChildInput {
  /** Everything behind `npm run k6 --`. */
  words: readonly string[]
  /** File that gets all that it prints. */
  log: string
  onLine: (line: string) => void
  stop: AbortSignal
  kill: AbortSignal
}

/** How the command line of a run ended. */
interface ChildEnd {
  pid: number
  /** Missing where a signal ended it. */
  exitCode?: number
  /** The toolkit's own error, such as `K6V_WRONG_NUMBERS: …`. */
  error?: string
}

/**
 * Runs the command line of one run as a process, to its end. A stop is handed on as one Ctrl+C, a kill as a second one.
 * Should this process die, its pipes close, and the run ends as by Ctrl+C.
 */
async function runChild({ words, log, onLine, stop, kill }: ChildInput): Promise<ChildEnd> {
  const script = projectPath('scripts', 'start.mjs')
  const child = spawn(process.execPath, [script, 'scripts/cli.ts', ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // A Ctrl+C of the terminal reaches the suite alone.
    detached: true,
  })
  const output = keepOutput(child, { log, onLine })
  const interrupt = (): void => {
    // Ended alone there, it would leave its k6 behind.
    if (process.platform === 'win32') endTree(child.pid ?? 0)
    else child.kill('SIGINT')
  }
  for (const signal of [stop, kill]) {
    if (signal.aborted) interrupt()
    signal.addEventListener('abort', interrupt, { once: true })
  }
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  }).finally(() => {
    for (const signal of [stop, kill]) signal.removeEventListener('abort', interrupt)
  })
  const error = await output.end()
  return {
    pid: child.pid ?? 0,
    ...(exitCode !== null && { exitCode }),
    ...(error !== undefined && { error }),
  }
}

function keepOutput(
  { stdout, stderr }: { stdout: Readable; stderr: Readable },
  { log, onLine }: Pick<ChildInput, 'log' | 'onLine'>,
): { end: () => Promise<string | undefined> } {
  const file = createWriteStream(log)
  // A full disk must not end the run.
  file.on('error', () => undefined)
  let error: string | undefined
  const keep = (line: string): void => {
    file.write(`${line}\n`)
    onLine(line)
  }
  createInterface({ input: stdout }).on('line', keep)
  createInterface({ input: stderr }).on('line', (line) => {
    keep(line)
    error ??= /^error (K6V_\w+: .*)/.exec(line)?.[1]
  })
  const end = async (): Promise<string | undefined> => {
    await new Promise((resolve) => file.end(resolve))
    return error
  }
  return { end }
}
