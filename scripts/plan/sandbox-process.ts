import { fork } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { projectPath } from '../core/project.ts'
import { sandboxFailed } from './errors.ts'

/** A sandbox in its own process, so that its work is not the CLI's. */
export interface RunningSandbox {
  url: string
  pid: number
  stop: () => Promise<void>
}

const START_TIMEOUT_MS = 60_000

export interface SandboxRequest {
  /** The folder whose sandbox it is: this project, unless two are compared. */
  project?: string
  /** Workloads that it serves beside better-prompts, where it knows them; `all` for every one. */
  systems?: readonly string[]
  /** Settings besides those of this process. */
  env?: Readonly<Record<string, string>>
}

/**
 * Starts the sandbox and waits until it listens. It ends when told to, and by itself when this
 * process dies, because its channel to us then closes.
 *
 * @throws ToolkitError when it does not listen in time
 */
export async function startSandbox({
  project = projectPath(),
  systems = [],
  env = {},
}: SandboxRequest = {}): Promise<RunningSandbox> {
  const known = systems.filter((name) => name === 'all' || isSystem(project, name))
  // Any free port: two runs at once must not meet.
  const args = ['sandbox/main.ts', '--port', '0']
  if (known.length > 0) args.push('--systems', known.join(','))
  const child = fork(join(project, 'scripts', 'start.mjs'), args, {
    execArgv: [],
    env: { ...process.env, ...env },
    // Ctrl+C in a terminal reaches every process of the group; k6 must end before its target does.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  let said = ''
  child.stderr?.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2_000)))

  const url = await new Promise<string>((resolve, reject) => {
    const fail = (reason: string): void => reject(sandboxFailed(reason))
    const timer = setTimeout(() => fail(`silent for ${START_TIMEOUT_MS} ms`), START_TIMEOUT_MS)
    child.once('exit', (code) => fail(said.trim() || `it ended with exit code ${code}`))
    child.on('message', (message: { type: string; url?: string; message?: string }) => {
      clearTimeout(timer)
      if (message.type === 'listening' && message.url) resolve(message.url)
      else fail(message.message ?? 'no reason given')
    })
  }).catch((error: unknown) => {
    child.kill('SIGKILL')
    throw error
  })

  return {
    url,
    pid: child.pid ?? 0,
    stop: () => {
      if (child.connected) child.disconnect()
      return exited
    },
  }
}

// A checkout from before there were systems serves all it has.
function isSystem(project: string, name: string): boolean {
  return existsSync(join(project, 'sandbox', 'systems', name, 'system.ts'))
}
