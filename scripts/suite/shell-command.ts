import { spawn } from 'node:child_process'
import { open, readFile, writeFile } from 'node:fs/promises'
import { endTree } from '../core/end-tree.ts'
import { maskSecrets } from '../core/mask-secrets.ts'

/** How a shell command ended. */
export interface ShellEnd {
  seconds: number
  /** Missing where a signal ended it, or it could not be started. */
  exitCode?: number
  trouble?: string
  /** What it printed last, without what may be a secret. */
  lastLines: string[]
}

export interface ShellInput {
  command: string
  /** File that gets all that it prints. */
  log: string
  timeoutSeconds: number
  /** Where it is run. */
  folder: string
  /** Ends it. */
  signal: AbortSignal
}

/** A command that was told to end has so long for it. */
const ENDS_WITHIN_MS = 5_000

const LINES_KEPT = 5

/**
 * Runs a shell command to its end, with all that it starts in the foreground. What it leaves in the background goes on:
 * a preparation may start a server.
 */
export async function runShellCommand(input: ShellInput): Promise<ShellEnd> {
  const startedAtMs = performance.now()
  // A file and no pipe: a server in the background must not die of a closed one.
  const log = await open(input.log, 'a')
  const end = await endOf(input, log.fd).finally(() => log.close())
  const lastLines = await maskedLines(input.log)
  return { ...end, seconds: (performance.now() - startedAtMs) / 1_000, lastLines }
}

function endOf(
  { command, timeoutSeconds, signal, folder }: ShellInput,
  output: number,
): Promise<Pick<ShellEnd, 'exitCode' | 'trouble'>> {
  // In a group of its own: a Ctrl+C of the terminal reaches the suite alone, which ends things in order.
  const child = spawn(command, {
    shell: true,
    cwd: folder,
    detached: true,
    stdio: ['ignore', output, output],
  })
  let trouble: string | undefined
  let killTimer: NodeJS.Timeout | undefined
  const end = (why: string): void => {
    trouble ??= why
    killGroup(child.pid, 'SIGTERM')
    killTimer ??= setTimeout(() => killGroup(child.pid, 'SIGKILL'), ENDS_WITHIN_MS)
  }
  const onStop = (): void => end('was ended, as the suite was stopped')
  const timer = setTimeout(() => end(`was ended after ${timeoutSeconds} s`), timeoutSeconds * 1_000)
  signal.addEventListener('abort', onStop, { once: true })
  if (signal.aborted) onStop()
  return new Promise((resolve) => {
    const done = (exitCode: number | null, problem?: string): void => {
      clearTimeout(timer)
      clearTimeout(killTimer)
      signal.removeEventListener('abort', onStop)
      const why = trouble ?? problem
      resolve({
        ...(exitCode !== null && { exitCode }),
        ...(why !== undefined && { trouble: why }),
      })
    }
    child.once('error', (error) => done(null, `could not be started: ${error.message}`))
    child.once('exit', (code, by) => done(code, by === null ? undefined : `was ended by ${by}`))
  })
}

function killGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return
  if (process.platform === 'win32') {
    endTree(pid)
    return
  }
  try {
    process.kill(-pid, signal)
  } catch {
    // It has ended in the meantime.
  }
}

// Truncated and written in its place: what still runs in the background goes on writing behind it.
async function maskedLines(log: string): Promise<string[]> {
  const text = await readFile(log, 'utf8').catch(() => '')
  const masked = maskSecrets(text)
  if (masked !== text) await writeFile(log, masked)
  return masked
    .trimEnd()
    .split('\n')
    .slice(-LINES_KEPT)
    .filter((line) => line !== '')
}
