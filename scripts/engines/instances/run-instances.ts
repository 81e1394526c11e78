// Several k6 as one test: ready, setup() once, released together, ended together, teardown() once.
import { setTimeout } from 'node:timers/promises'
import type { Scenario } from 'k6/options'
import { K6_STATUS, K6ApiError } from '../../k6/k6-api.ts'
import { earlyStopOf } from '../../k6/run-k6.ts'
import { endOf, type Halt, type InstancesEnd } from './instances-end.ts'
import {
  InstanceFault,
  type InstanceProcess,
  isOver,
  type K6Instance,
  startInstance,
} from './k6-instance.ts'
import { usersMax } from '../../segments/segments.ts'
import { settle } from './settle-instances.ts'

export interface InstancesRun {
  k6: string
  processes: readonly InstanceProcess[]
  /** When to begin; as soon as all are ready, unless said otherwise. */
  startAtMs?: number | undefined
  /** Longest time until all are ready, and longest time of the load. */
  readyMs: number
  loadMs: number
  /** Longest time of one k6 without any sign of life. @default 30,000 */
  silentMs?: number
  stop: AbortSignal
  stopEarly: AbortSignal
  kill: AbortSignal
  /** Told what is being waited for; undefined once the load has begun. */
  onWait: (waiting: string | undefined) => void
}

const SILENT_MS = 30_000
const SLACK_MS = 5 * 60_000

/** k6's own. */
const EXIT_SETUP = 107

/** Longest time until k6 has started and made its users. */
export function readyMsOf(scenarios: Readonly<Record<string, Scenario>>): number {
  const users = Object.values(scenarios).reduce((sum, each) => sum + usersMax(each), 0)
  return READY_MS + users * READY_MS_PER_USER
}

/** A bundle of 20 KB costs about a millisecond of CPU for each user. */
const READY_MS = 60_000
const READY_MS_PER_USER = 20

/** Runs all of them to their end. Whatever happens, none is left running, and what was recorded stays. */
export async function runInstances(run: InstancesRun): Promise<InstancesEnd> {
  const { startAtMs = Date.now(), silentMs = SILENT_MS } = run
  const waitMs = Math.max(0, startAtMs - Date.now())
  const deadlineMs = run.readyMs + waitMs + run.loadMs + SLACK_MS
  const instances = run.processes.map((each) => {
    return startInstance(each, { ...run, deadlineMs, silentMs })
  })
  const halting = haltOf(run)
  let isSetUp = false
  let releasedAtMs: number | undefined
  try {
    await conduct(instances, run, {
      signal: halting.signal,
      onSetUp: () => (isSetUp = true),
      onRelease: (atMs) => (releasedAtMs = atMs),
    })
  } catch (error) {
    halting.halt(error instanceof InstanceFault ? error : undefined)
    if (!halting.reason()) throw error
  } finally {
    run.onWait(undefined)
    await settle(instances, { isHalted: halting.reason() !== undefined, isSetUp })
    halting.close()
  }
  const ends = await Promise.all(instances.map(({ ended }) => ended))
  const end = endOf(instances, ends, halting.reason())
  return { ...end, ...(releasedAtMs !== undefined && { releasedAtMs }) }
}

interface Conduct {
  signal: AbortSignal
  onSetUp: () => void
  onRelease: (atMs: number) => void
}

async function conduct(
  instances: readonly K6Instance[],
  run: InstancesRun,
  { signal, onSetUp, onRelease }: Conduct,
): Promise<void> {
  await allReady(instances, run, signal)
  run.onWait('setup()')
  await shareSetup(instances, signal)
  onSetUp()
  await waitForStart(run, signal)
  run.onWait(undefined)
  onRelease(Date.now())
  await everyOne(instances, ({ name, api }) =>
    api.resume(signal).catch((error: unknown) => {
      signal.throwIfAborted()
      throw new InstanceFault(name, `k6 could not be started: ${messageOf(error)}`)
    }),
  )
  const late = AbortSignal.timeout(run.loadMs)
  await everyOne(instances, async ({ name, reach }) => {
    const status = await reach(isOver, AbortSignal.any([signal, late])).catch((error: unknown) => {
      throw late.aborted && !signal.aborted ? new InstanceFault(name, TOO_LONG) : error
    })
    // Nobody has stopped it, so its script or k6 itself has.
    if (status === K6_STATUS.interrupted) throw new InstanceFault(name, 'k6 ended its test early')
  })
}

const TOO_LONG = 'k6 ran on past its plan'

async function allReady(
  instances: readonly K6Instance[],
  { readyMs, onWait }: InstancesRun,
  signal: AbortSignal,
): Promise<void> {
  let ready = 0
  const tell = (): void => onWait(`${ready} of ${instances.length} k6 ready`)
  tell()
  const late = AbortSignal.timeout(readyMs)
  await everyOne(instances, async ({ name, reach }) => {
    const isReady = (status: number): boolean => status >= K6_STATUS.pausedBeforeRun
    await reach(isReady, AbortSignal.any([signal, late])).catch((error: unknown) => {
      if (!late.aborted || signal.aborted) throw error
      throw new InstanceFault(name, `k6 was not ready within ${Math.round(readyMs / 1_000)} s`)
    })
    ready += 1
    tell()
  })
}

// One user logs in for all: what setup() made is the test's, not an instance's.
async function shareSetup(instances: readonly K6Instance[], signal: AbortSignal): Promise<void> {
  const [first, ...others] = instances
  if (!first) return
  const data = await first.api.runSetup(signal).catch((error: unknown) => {
    signal.throwIfAborted()
    const ofScript = error instanceof K6ApiError
    const reason = `setup() failed: ${messageOf(error)}`
    throw new InstanceFault(first.name, reason, ofScript ? EXIT_SETUP : undefined)
  })
  if (data === undefined) return
  await everyOne(others, ({ name, api }) =>
    api.putSetup(data, signal).catch((error: unknown) => {
      signal.throwIfAborted()
      throw new InstanceFault(name, `it did not take what setup() returned: ${messageOf(error)}`)
    }),
  )
}

async function waitForStart(
  { startAtMs, onWait }: InstancesRun,
  signal: AbortSignal,
): Promise<void> {
  if (startAtMs === undefined) return
  for (;;) {
    const leftMs = startAtMs - Date.now()
    if (leftMs <= 0) return
    onWait(`start in ${Math.ceil(leftMs / 1_000)} s`)
    await setTimeout(Math.min(leftMs, 1_000), undefined, { signal })
  }
}

function haltOf({ stop, stopEarly }: InstancesRun) {
  const controller = new AbortController()
  let reason: Halt | undefined
  const halt = (why: Halt | undefined): void => {
    reason ??= why
    controller.abort()
  }
  const onStop = (): void => halt('user')
  const onEarly = (): void => halt(earlyStopOf(stopEarly))
  if (stop.aborted) onStop()
  stop.addEventListener('abort', onStop)
  stopEarly.addEventListener('abort', onEarly)
  return {
    signal: controller.signal,
    reason: () => reason,
    halt,
    close: () => {
      stop.removeEventListener('abort', onStop)
      stopEarly.removeEventListener('abort', onEarly)
    },
  }
}

async function everyOne(
  instances: readonly K6Instance[],
  action: (instance: K6Instance) => Promise<unknown>,
): Promise<void> {
  await Promise.all(instances.map(action))
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
