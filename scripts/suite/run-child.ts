import { spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { endTree } from '../core/end-tree.ts'
import { projectPath } from '../project.ts'

export interface ChildInput {
  /** Everything behind `npm run k6 --`. */
  words: readonly string[]
  /** File that gets all that it prints. */
  log: string
  onLine: (line: string) => void
  stop: AbortSignal
  kill: AbortSignal
}

/** How the command line of a run ended. */
export interface ChildEnd {
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
export async function runChild({ words, log, onLine, stop, kill }: ChildInput): Promise<ChildEnd> {
  const script = projectPath('scripts', 'start.mjs')
  const child = spawn(process.execPath, [script, 'scripts/cli.ts', ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // A Ctrl+C of the terminal reaches the suite alone.
    detached: true,
  })
  const output = createWriteStream(log)
  // A full disk must not end the run.
  output.on('error', () => undefined)
  let error: string | undefined
  const onError = (line: string): void => {
    error ??= /^error (K6V_\w+: .*)/.exec(line)?.[1]
  }
  const read = (stream: Readable, also?: (line: string) => void): void => {
    createInterface({ input: stream }).on('line', (line) => {
      output.write(`${line}\n`)
      onLine(line)
      also?.(line)
    })
  }
  read(child.stdout)
  read(child.stderr, onError)
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
  })
  for (const signal of [stop, kill]) signal.removeEventListener('abort', interrupt)
  await new Promise((resolve) => output.end(resolve))
  return {
    pid: child.pid ?? 0,
    ...(exitCode !== null && { exitCode }),
    ...(error !== undefined && { error }),
  }
}
