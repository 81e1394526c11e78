import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { interruptedIterations, keepLog } from './k6-log.ts'
import { guardOrphan, waitForSignalTime } from './signal-time.ts'

export interface K6Run {
  /** Path of the k6 binary. */
  k6: string
  args: string[]
  env: NodeJS.ProcessEnv
  /** Where k6 runs; where the toolkit does, unless said otherwise. */
  cwd?: string | undefined
  /** File that gets k6's log. */
  log: string
  /** Of its API on 127.0.0.1, where it has one: a stop waits until k6 listens. */
  port?: number
  /** Past this the run is stopped as if by the user: nothing here runs for ever. */
  deadlineMs: number
  /** After a stop, how long k6 may take to end. @default one minute */
  graceMs?: number
  /** Ends k6 cleanly: teardown, summary, exit 105. The user's wish, or, early, what `stopEarly.reason` says. */
  stop: AbortSignal
  stopEarly: AbortSignal
  /** Ends k6 at once. */
  kill: AbortSignal
  /** Ends a k6 that lingers after its test: one signal too, but no stop, and its exit code stays. */
  release?: AbortSignal
  /** Gets the process id. */
  onStart: (pid: number) => void
  /** Gets each line that k6 prints. */
  onLine: (line: string) => void
  /** Gets each line of its log. */
  onLog?: ((line: string) => void) | undefined
}

/** Who ends a run early: an objective, or the machine that has no memory left. */
export type EarlyStop = 'objective' | 'memory'

/** What an aborted `stopEarly` says. */
export function earlyStopOf({ reason }: AbortSignal): EarlyStop {
  return reason === 'memory' ? 'memory' : 'objective'
}

export interface K6Outcome {
  /** Undefined when a signal ended k6. */
  exitCode?: number
  stoppedBy?: 'user' | EarlyStop | 'deadline'
  /**
   * Iterations that began and that k6 did not let end, without a trace in its samples: nothing in a sound run,
   * but up to one for each user where the run was stopped or aborted. Undefined when k6 said none.
   */
  interruptedIterations?: number
}

/** After a stop, k6 may still run its teardown and end its outputs. */
const STOP_GRACE_MS = 60_000

/**
 * Runs k6 to its end. A stop sends exactly one signal: k6 takes a second one as "exit at once".
 *
 * @throws the system's error when k6 cannot be started
 */
export async function runK6(run: K6Run): Promise<K6Outcome> {
  const child = spawn(run.k6, run.args, {
    env: run.env,
    ...(run.cwd !== undefined && { cwd: run.cwd }),
    stdio: ['ignore', 'pipe', 'pipe'],
    // Its own process group: Ctrl+C in the terminal must not reach k6 as a second signal after ours.
    detached: true,
  })
  // Missing where this process may open no more files.
  const { stdout, stderr } = child as Partial<typeof child>
  const logged = stderr && keepLog(stderr, run.log, run.onLog)
  const ended = new Promise<number | undefined>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (exitCode) => resolve(exitCode ?? undefined))
  })
  const guard = child.pid === undefined ? undefined : guardOrphan(child.pid)
  if (child.pid !== undefined) run.onStart(child.pid)
  let interrupted: number | undefined
  if (stdout)
    createInterface({ input: stdout }).on('line', (line) => {
      interrupted = interruptedIterations(line) ?? interrupted
      run.onLine(line)
    })
  const ending = endOnDemand(run, {
    kill: (signal) => child.kill(signal),
    hasBegun: () => interrupted !== undefined,
  })
  try {
    const exitCode = await ended
    await logged
    const stoppedBy = ending.stoppedBy()
    return {
      ...(exitCode !== undefined && { exitCode }),
      ...(stoppedBy && { stoppedBy }),
      ...(interrupted !== undefined && { interruptedIterations: interrupted }),
    }
  } finally {
    guard?.close()
    ending.settle()
  }
}

interface RunningK6 {
  kill: (signal: NodeJS.Signals) => void
  hasBegun: () => boolean
}

function endOnDemand(run: K6Run, { kill, hasBegun }: RunningK6) {
  const { port } = run
  const ended = new AbortController()
  const interrupt = async (): Promise<void> => {
    const isHeard =
      port === undefined || (await waitForSignalTime({ port, hasBegun, ended: ended.signal }))
    if (isHeard) kill('SIGINT')
  }
  let stoppedBy: K6Outcome['stoppedBy']
  let forced: NodeJS.Timeout | undefined
  const stop = (reason: NonNullable<K6Outcome['stoppedBy']>): void => {
    if (stoppedBy) return
    stoppedBy = reason
    void interrupt()
    forced = setTimeout(() => kill('SIGKILL'), run.graceMs ?? STOP_GRACE_MS)
  }
  const onStop = (): void => stop('user')
  const onEarly = (): void => stop(earlyStopOf(run.stopEarly))
  const onKill = (): void => kill('SIGINT')
  const onRelease = (): void => {
    if (stoppedBy) return
    kill('SIGINT')
    forced ??= setTimeout(() => kill('SIGKILL'), STOP_GRACE_MS)
  }
  const deadline = setTimeout(() => stop('deadline'), run.deadlineMs)
  if (run.stop.aborted) onStop()
  run.stop.addEventListener('abort', onStop)
  run.stopEarly.addEventListener('abort', onEarly)
  run.kill.addEventListener('abort', onKill)
  run.release?.addEventListener('abort', onRelease)
  return {
    stoppedBy: () => stoppedBy,
    settle: () => {
      ended.abort()
      clearTimeout(deadline)
      clearTimeout(forced)
      run.stop.removeEventListener('abort', onStop)
      run.stopEarly.removeEventListener('abort', onEarly)
      run.kill.removeEventListener('abort', onKill)
      run.release?.removeEventListener('abort', onRelease)
    },
  }
}
