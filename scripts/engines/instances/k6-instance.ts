import { stat } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { describeExit } from '../../k6/exit-codes.ts'
import { type K6Outcome, runK6 } from '../../k6/run-k6.ts'
import { K6_STATUS, type K6Api, K6ApiError, openK6Api } from '../../k6/k6-api.ts'

/** What it takes to start one k6 of several; its arguments hold its part of the load. */
export interface InstanceProcess {
  name: string
  args: string[]
  env: NodeJS.ProcessEnv
  cwd?: string
  log: string
  /** What it records: a file that grows shows that it lives. */
  recorded: string
  /** Of its API on 127.0.0.1. */
  port: number
  onStart: (pid: number) => void
}

export interface StartInput {
  k6: string
  /** Backstop: past this a k6 is stopped, whatever happens here. */
  deadlineMs: number
  /** Longest time without any sign of life. */
  silentMs: number
  kill: AbortSignal
}

/** Why one k6 of several did not do its part. */
export class InstanceFault extends Error {
  override readonly name = 'InstanceFault'
  /** What k6 exits with in such a case; undefined when a signal ended it. */
  readonly exitCode: number | undefined

  /** `instance 2: k6 was killed by a signal` */
  constructor(instance: string, reason: string, exitCode?: number) {
    super(`instance ${instance}: ${reason}`)
    this.exitCode = exitCode
  }
}

/** How a k6 process ended; `failure` when it could not even be started. */
export interface EndedProcess {
  outcome: K6Outcome
  failure?: string
  startedAtMs: number
  endedAtMs: number
}

/** A k6 that waits to be started, runs, and lingers. */
export interface K6Instance {
  name: string
  api: K6Api
  ended: Promise<EndedProcess>
  hasEnded: () => boolean
  /** Waits until a status is reached; rejects with an InstanceFault when k6 ends or falls silent. */
  reach: (wanted: (status: number) => boolean, signal: AbortSignal) => Promise<number>
  /** One signal: ends the linger, or a k6 that does not listen. */
  release: () => void
  /** Nothing has shown for so long that it lives. */
  isSilent: (ms: number) => Promise<boolean>
  /** For a k6 that takes no signal. */
  killHard: () => void
}

const POLL_MS = { quick: 50, usual: 500 }

/** Starts one k6; it reports its end, whichever way that comes, and never throws. */
export function startInstance(process_: InstanceProcess, input: StartInput): K6Instance {
  const { name, args, env, cwd, log, recorded, port } = process_
  const released = new AbortController()
  const never = new AbortController().signal
  const startedAtMs = Date.now()
  let pid: number | undefined
  let end: EndedProcess | undefined
  const run = runK6({
    k6: input.k6,
    args,
    env,
    cwd,
    log,
    deadlineMs: input.deadlineMs,
    // Ending the load is the coordinator's: a signal would take the API away before teardown().
    stop: never,
    stopEarly: never,
    kill: input.kill,
    release: released.signal,
    onStart: (started) => {
      pid = started
      process_.onStart(started)
    },
    onLine: () => undefined,
  })
  const gone = new AbortController()
  const atEnd = (how: Pick<EndedProcess, 'outcome' | 'failure'>): EndedProcess => {
    end = { ...how, startedAtMs, endedAtMs: Date.now() }
    gone.abort()
    return end
  }
  const ended = run.then(
    (outcome) => atEnd({ outcome }),
    (error: unknown) => atEnd({ outcome: {}, failure: String(error) }),
  )
  const api = openK6Api(port)
  const signs = signsOfLife(recorded)
  return {
    name,
    api,
    ended,
    hasEnded: () => end !== undefined,
    reach: createReach({ name, api, signs, silentMs: input.silentMs, gone, end: () => end }),
    release: () => released.abort(),
    isSilent: signs.areMissing,
    killHard: () => {
      if (pid !== undefined && !end) process.kill(pid, 'SIGKILL')
    },
  }
}

interface ReachInput {
  name: string
  api: K6Api
  signs: SignsOfLife
  silentMs: number
  /** Aborted when the process has ended; then `end` says how. */
  gone: AbortController
  end: () => EndedProcess | undefined
}

function createReach({ name, api, signs, silentMs, gone, end }: ReachInput): K6Instance['reach'] {
  return async (wanted, signal) => {
    signs.note()
    // Nobody else may answer on its port once it is gone.
    const asking = AbortSignal.any([signal, gone.signal])
    for (let pause = POLL_MS.quick; ; pause = Math.min(POLL_MS.usual, pause * 1.2)) {
      signal.throwIfAborted()
      const ended = end()
      if (ended) throw faultOf(name, ended)
      const status = await api.status(asking).catch((error: unknown) => {
        if (error instanceof K6ApiError) throw new InstanceFault(name, error.message)
        return undefined
      })
      if (status !== undefined) signs.note()
      if (status !== undefined && wanted(status)) return status
      if (await signs.areMissing(silentMs)) {
        const seconds = Math.round(silentMs / 1_000)
        throw new InstanceFault(name, `k6 gave no sign of life for ${seconds} s`)
      }
      await setTimeout(pause, undefined, { signal: asking }).catch(() => undefined)
    }
  }
}

/** The test is over, whichever way. */
export function isOver(status: number): boolean {
  return status >= K6_STATUS.ended
}

/** What is wrong with a k6 that ended on its own. */
export function faultOf(name: string, { outcome, failure }: EndedProcess): InstanceFault {
  const { exitCode } = outcome
  const reason = failure === undefined ? describeExit(exitCode) : `it did not start: ${failure}`
  return new InstanceFault(name, reason, exitCode)
}

interface SignsOfLife {
  note: () => void
  areMissing: (ms: number) => Promise<boolean>
}

// k6 records its users every second: a k6 that is too busy to answer still does that.
function signsOfLife(recorded: string): SignsOfLife {
  let lastMs = performance.now()
  let bytes = 0
  return {
    note: () => {
      lastMs = performance.now()
    },
    areMissing: async (ms: number): Promise<boolean> => {
      const { size } = await stat(recorded).catch(() => ({ size: 0 }))
      if (size !== bytes) lastMs = performance.now()
      bytes = size
      return performance.now() - lastMs > ms
    },
  }
}
