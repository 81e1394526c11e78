import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { serverFailed } from './errors.ts'
import type { Guard } from './guard.ts'

export interface ServerCommand {
  /** As people call it: Prometheus. */
  name: string
  program: string
  args: readonly string[]
  env: NodeJS.ProcessEnv
  /** Gets all that it says; what an earlier start left there is replaced. */
  log: string
  /** Answers 200 as soon as the server can be used. */
  readyUrl: string
}

/** A server of ours. */
export interface ServerProcess {
  name: string
  pid: number
  readyUrl: string
  /** Fails when the server ends without having been asked to. */
  lost: Promise<never>
  /** Asks it to end and waits for that. */
  stop: () => Promise<void>
}

/** A Prometheus writes down what it holds in memory first. */
const STOP_GRACE_MS = 30_000

const LAST_LINES = 12

/**
 * Starts a server in its own process group, so that a terminal's Ctrl+C reaches only this process.
 *
 * @throws ToolkitError when the program cannot be started
 */
export async function startServer(command: ServerCommand, guard: Guard): Promise<ServerProcess> {
  const { name, program, args, env, log, readyUrl } = command
  const file = openSync(log, 'w')
  const child = spawn(program, args, { env, stdio: ['ignore', file, file], detached: true })
  closeSync(file)
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(`could not be started (${error.message})`))
    child.once('exit', (code, signal) => {
      resolve(`ended (${signal === null ? `exit code ${code ?? '?'}` : signal})`)
    })
  })
  const { pid } = child
  if (pid === undefined) throw serverFailed(name, await ended, await lastWords(log))
  guard.watch(pid)
  let isStopping = false
  const lost = ended.then(async (why) => {
    guard.forget(pid)
    if (isStopping) return new Promise<never>(() => undefined)
    throw serverFailed(name, why, await lastWords(log))
  })
  // Whoever waits for it hears of it; nobody has to.
  lost.catch(() => undefined)
  const stop = async (): Promise<void> => {
    isStopping = true
    child.kill('SIGTERM')
    const forced = setTimeout(() => child.kill('SIGKILL'), STOP_GRACE_MS)
    await ended
    clearTimeout(forced)
  }
  return { name, pid, readyUrl, lost, stop }
}

/** Where a server's log is, and how it ends. */
export async function lastWords(path: string): Promise<{ path: string; lastLines: string }> {
  const text = await readFile(path, 'utf8').catch(() => '')
  return { path, lastLines: text.trimEnd().split('\n').slice(-LAST_LINES).join('\n') }
}
