// What sets the number of replicas: the sandbox's workers, or a command of the user's.
import { execa } from 'execa'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseDuration } from '../../lib/duration.ts'
import { startSandbox } from '../run/sandbox-process.ts'
import type { Targets } from '../run/target.ts'
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
  /** Aborted when the user stops it. */
  stop: AbortSignal
}

/** A command such as `kubectl scale`, run by the shell. */
export function commandScaler(input: CommandScalerInput): Scaler {
  const { scaleCommand, scaleReady, scaleBack, targets, stop } = input
  const timeoutMs = parseDuration(input.scaleTimeout) * 1_000
  return {
    scaleTo: async (replicas) => {
      const command = scaleCommandFor(scaleCommand, replicas)
      const why = await failureOf(command, timeoutMs)
      if (why !== undefined) throw scaleFailed(command, why)
      const ready = scaleReady === undefined ? undefined : scaleCommandFor(scaleReady, replicas)
      const isReady = ready === undefined || (await untilReady(ready, timeoutMs, stop))
      return isReady ? targets : undefined
    },
    end: async () => {
      const command = scaleCommandFor(scaleCommand, scaleBack)
      const why = await failureOf(command, timeoutMs)
      if (why !== undefined) throw notScaledBack(command, why)
    },
  }
}

/** @returns false when the user stopped it */
async function untilReady(command: string, timeoutMs: number, stop: AbortSignal): Promise<boolean> {
  const endMs = Date.now() + timeoutMs
  while (!stop.aborted) {
    const leftMs = endMs - Date.now()
    const why = await failureOf(command, Math.max(1_000, leftMs))
    if (why === undefined) return true
    if (leftMs <= 0) throw scaleFailed(command, `${why}, for ${timeoutMs / 1_000} s`)
    await sleep(READY_PAUSE_MS)
  }
  return false
}

/** Why a command did not end well. Ctrl+C of the terminal does not reach it: half a scaling would be worse. */
async function failureOf(command: string, timeoutMs: number): Promise<string | undefined> {
  const { exitCode, timedOut, stderr, signal } = await execa(command, {
    shell: true,
    detached: true,
    cleanup: false,
    stdin: 'ignore',
    reject: false,
    timeout: timeoutMs,
  })
  if (exitCode === 0) return undefined
  const said = stderr.trim().split('\n').at(-1) ?? ''
  const how = timedOut ? `none within ${timeoutMs / 1_000} s` : (exitCode ?? signal ?? 'none')
  return said === '' ? String(how) : `${how} (${said.slice(0, 300)})`
}
