import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { execa } from 'execa'
import { executableOnPath } from '../../k6/executable-on-path.ts'
import { runWhenDead, type OrphanGuard } from '../../k6/signal-time.ts'
import { keepLog } from '../../k6/k6-log.ts'
import { kubectlMissing } from './errors.ts'

/** The cluster, as the user's own kubectl reaches it. */
export interface Kubectl {
  /** Never throws; a refusal is in the result. */
  run(args: readonly string[], options?: KubectlOptions): Promise<KubectlResult>
  /** Writes what the command prints, which is compressed; gzip's checksum says that all of it came. */
  unpack(args: readonly string[], path: string): Promise<void>
  /** Writes the log that the command prints, while it does. */
  follow(args: readonly string[], path: string): Follower
  /** Runs the command when this process is dead, unless the guard was closed before. */
  guard(args: readonly string[]): OrphanGuard
}

export interface KubectlOptions {
  timeoutMs?: number
  input?: string | Buffer
}

export interface KubectlResult {
  isDone: boolean
  stdout: string
  /** Why it is not done, in one line. */
  reason: string
}

export interface Follower {
  /** Once the command has ended by itself. */
  ended: Promise<unknown>
  stop(): void
}

/** An API server that does not answer must not hold the run for ever. */
const TIMEOUT_MS = 30_000

/** A sample file of a long run is some gigabytes. */
const UNPACK_TIMEOUT_MS = 30 * 60_000

/**
 * kubectl of K6V_KUBECTL, or on PATH; which cluster it talks to is its own configuration.
 *
 * @throws ToolkitError when there is none
 */
export async function findKubectl(namespace: string, env: NodeJS.ProcessEnv): Promise<Kubectl> {
  const { platform } = process
  const path = env['K6V_KUBECTL'] || (await executableOnPath('kubectl', { env, platform }))
  if (path === undefined) throw kubectlMissing()
  const start = (args: readonly string[], options: StartOptions = {}) =>
    execa(path, ['--namespace', namespace, ...args], {
      env,
      reject: false,
      input: options.input ?? '',
      // Ctrl+C in a terminal goes to the whole group, but this one is needed to clean up.
      detached: true,
      timeout: options.timeoutMs ?? 0,
      buffer: { stdout: !options.streams },
    })
  return {
    async run(args, { timeoutMs = TIMEOUT_MS, input = '' } = {}) {
      const { exitCode, stdout, stderr, timedOut } = await start(args, { timeoutMs, input })
      const isDone = exitCode === 0
      const said = timedOut ? `no answer in ${timeoutMs / 1_000} s` : firstLine(stderr)
      return { isDone, stdout, reason: isDone ? '' : said || `exit code ${exitCode ?? 'none'}` }
    },
    async unpack(args, to) {
      const child = start(args, { timeoutMs: UNPACK_TIMEOUT_MS, streams: true })
      const copied = pipeline(child.stdout, createGunzip(), createWriteStream(to))
      const [copy] = await Promise.allSettled([copied])
      const { exitCode, stderr } = await child
      if (exitCode !== 0) throw new Error(firstLine(stderr) || 'kubectl failed')
      if (copy.status === 'rejected') throw new Error(`it arrived damaged: ${String(copy.reason)}`)
    },
    follow(args, to) {
      const child = start(args, { streams: true })
      const copied = keepLog(child.stdout, to)
      return { ended: Promise.all([child, copied]), stop: () => child.kill() }
    },
    guard: (args) => runWhenDead([path, '--namespace', namespace, ...args]),
  }
}

interface StartOptions extends KubectlOptions {
  /** Its output is read while it comes. */
  streams?: boolean
}

function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0] ?? ''
}
