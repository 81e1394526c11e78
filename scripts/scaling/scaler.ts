// What sets the number of replicas: the sandbox's workers, or a command of the user's.
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseDuration } from '../../lib/duration.ts'
import { startSandbox } from '../plan/sandbox-process.ts'
import { runShellCommand } from '../engines/local/shell-command.ts'
import type { Targets } from '../plan/target.ts'
import { userFolder } from '../script/typed-path.ts'
import { notScaledBack, scaleFailed } from './errors.ts'
import { scaleCommandFor, type ScalingOptions } from './scaling-options.ts'

export interface Scaler {
  /**
   * Sets the number of replicas and waits until they are ready.
   *
   * @returns what to load, or undefined when the user stopped it meanwhile
   * @throws ToolkitError when it did not work
   */
  scaleTo: (replicas: number) => Promise<Targets | undefined>
  /** Leaves everything as it is to be. @throws ToolkitError when that did not work */
  end: () => Promise<void>
}

/**
 * Each worker has few places for slow calls, so that its capacity is in waiting and not in CPU: eight of them fit on a
 * small machine, and none profits from what another one leaves of it.
 */
const WAITING_WORKERS = {
  SANDBOX_MODEL_CONCURRENCY: '4',
  SANDBOX_MODEL_MEDIAN_MS: '400',
  SANDBOX_COST_MODEL_MEDIAN_MS: '400',
  SANDBOX_MODEL_SIGMA: '0.25',
  SANDBOX_CACHE_ENTRIES: '0',
}

/** A sandbox of so many worker processes behind one port; a variable of the user's wins. */
export function sandboxScaler(workload: string, env: NodeJS.ProcessEnv): Scaler {
  let stop: (() => Promise<void>) | undefined
  const end = async (): Promise<void> => {
    await stop?.()
    stop = undefined
  }
  const preset = Object.fromEntries(
    Object.entries(WAITING_WORKERS).filter(([name]) => env[name] === undefined),
  )
  return {
    scaleTo: async (replicas) => {
      await end()
      const sandbox = await startSandbox({
        systems: [workload],
        env: { ...preset, SANDBOX_WORKERS: String(replicas) },
      })
      stop = sandbox.stop
      return { base: sandbox.url, byRegion: {} }
    },
    end,
  }
}

const READY_PAUSE_MS = 500

export type CommandScalerInput = Pick<ScalingOptions, 'scaleReady' | 'scaleTimeout'> & {
  scaleCommand: string
  scaleBack: number
  targets: Targets
  /** Gets the output of the last command. */
  folder: string
  /** Aborted when the user stops it. */
  stop: AbortSignal
}

/** A command such as `kubectl scale`, run by the shell. */
export function commandScaler(input: CommandScalerInput): Scaler {
  const { scaleCommand, scaleReady, scaleBack, targets, stop, folder } = input
  const limits = { timeoutSeconds: parseDuration(input.scaleTimeout), folder }
  return {
    scaleTo: async (replicas) => {
      const command = scaleCommandFor(scaleCommand, replicas)
      const why = await failureOf(command, limits)
      if (why !== undefined) throw scaleFailed(command, why)
      const ready = scaleReady === undefined ? undefined : scaleCommandFor(scaleReady, replicas)
      const isReady = ready === undefined || (await untilReady(ready, limits, stop))
      return isReady ? targets : undefined
    },
    end: async () => {
      const command = scaleCommandFor(scaleCommand, scaleBack)
      const why = await failureOf(command, limits)
      if (why !== undefined) throw notScaledBack(command, why)
    },
  }
}

interface Limits {
  timeoutSeconds: number
  folder: string
}

/** @returns false when the user stopped it */
async function untilReady(command: string, limits: Limits, stop: AbortSignal): Promise<boolean> {
  const { timeoutSeconds, folder } = limits
  const endMs = Date.now() + timeoutSeconds * 1_000
  while (!stop.aborted) {
    const leftSeconds = (endMs - Date.now()) / 1_000
    const why = await failureOf(command, { timeoutSeconds: Math.max(1, leftSeconds), folder })
    if (why === undefined) return true
    if (leftSeconds <= 0) throw scaleFailed(command, `${why}, for ${timeoutSeconds} s`)
    await sleep(READY_PAUSE_MS)
  }
  return false
}

/** Ctrl+C does not reach a command: half a scaling would be worse. */
const { signal: NEVER } = new AbortController()

/** Why a command did not end well; undefined where it did. */
async function failureOf(
  command: string,
  { timeoutSeconds, folder }: Limits,
): Promise<string | undefined> {
  const { exitCode, trouble, lastLines } = await runShellCommand({
    ...{ command, timeoutSeconds, signal: NEVER },
    log: join(folder, 'scale.log'),
    folder: userFolder(process.env),
  })
  if (exitCode === 0 && trouble === undefined) return undefined
  const how = trouble === undefined ? String(exitCode) : `none, as it ${trouble}`
  const last = lastLines.at(-1)
  return last === undefined ? how : `${how} (${last.slice(0, 300)})`
}
