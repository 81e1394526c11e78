import { spawn, type StdioOptions } from 'node:child_process'
import { open, readFile, writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { endTree } from '../../core/processes.ts'
import { maskSecrets } from '../../core/mask-secrets.ts'

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

/** How long a command, and everything it has started, may take to end. */
const ENDS_WITHIN_MS = 5_000

const LINES_KEPT = 5

/**
 * Runs a shell command to its end. What it leaves in the background keeps running, as a preparation may start a server;
 * but a command that is ended takes everything it has started with it.
 */
export async function runShellCommand(input: ShellInput): Promise<ShellEnd> {
  const startedAtMs = performance.now()
  const end = await endOf(input)
  const lastLines = await maskedLines(input.log)
  return { ...end, seconds: (performance.now() - startedAtMs) / 1_000, lastLines }
}

type Ended = Pick<ShellEnd, 'exitCode' | 'trouble'>

async function endOf(input: ShellInput): Promise<Ended> {
  try {
    // A file and no pipe: a server in the background must not die of a closed one.
    await writeFile(input.log, '')
    const log = await open(input.log, 'a')
    return await spawned(input, log.fd).finally(() => log.close())
  } catch (error) {
    return { trouble: `could not be started: ${(error as Error).message}` }
  }
}

function spawned(input: ShellInput, output: number): Promise<Ended> {
  const { command, timeoutSeconds, signal, folder: cwd } = input
  const stdio: StdioOptions = ['ignore', output, output]
  // In its own process group: Ctrl+C in the terminal reaches the toolkit alone, which ends things in order.
  const child = spawn(command, { shell: true, cwd, detached: true, stdio })
  let trouble: string | undefined
  let gone: Promise<void> | undefined
  const end = (why: string): void => {
    trouble ??= why
    gone ??= endGroup(child.pid)
  }
  const onStop = (): void => end('was ended, as you stopped it')
  const timer = setTimeout(() => end(`was ended after ${timeoutSeconds} s`), timeoutSeconds * 1_000)
  signal.addEventListener('abort', onStop, { once: true })
  if (signal.aborted) onStop()
  return new Promise<Ended>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, by) => {
      const why = trouble ?? (by === null ? undefined : `was ended by ${by}`)
      const exit = { ...(code !== null && { exitCode: code }), ...(why && { trouble: why }) }
      void (gone ?? Promise.resolve()).then(() => resolve(exit))
    })
  }).finally(() => {
    clearTimeout(timer)
    signal.removeEventListener('abort', onStop)
  })
}

/** The shell itself may be gone long before what it has started. */
async function endGroup(pid: number | undefined): Promise<void> {
  if (pid === undefined) return
  const endMs = Date.now() + ENDS_WITHIN_MS
  killGroup(pid, 'SIGTERM')
  while (Date.now() < endMs) {
    if (!killGroup(pid, 0)) return
    await sleep(50)
  }
  killGroup(pid, 'SIGKILL')
}

/** @returns whether anything of the group was there */
function killGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  if (process.platform === 'win32') {
    endTree(pid)
    return false
  }
  try {
    process.kill(-pid, signal)
    return true
  } catch {
    return false
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
