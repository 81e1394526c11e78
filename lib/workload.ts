// Types only: what a workload is. Erased from every bundle.
import type { AuthStrategy } from './auth-setup.ts'
import type { Random } from './random.ts'
import type { Session } from './session.ts'
import type { ThinkTime } from './think-time.ts'
import type { WorkloadOptions } from './workload-options.ts'

/**
 * What one iteration may base its data on; the same run repeats the same values. One object for all iterations of a
 * VU: read it, do not keep it.
 */
export interface IterationData<Setup = unknown> {
  /** Number of this iteration, unique in the whole test (also over k6 scenarios and instances). */
  index: number
  /** The run's seed. */
  seed: number
  /** Random numbers of this iteration. */
  random: Random
  /** What the workload's `setup` returned. */
  setup: Setup
}

export interface Operation<Setup = unknown> {
  /** Share of the iterations, relative to the other operations; 0 if only mixes use it. */
  weight: number
  /**
   * What the VU does. May send several requests, and wait for events (a WebSocket's) in a promise; what it
   * returns is ignored, an exception is caught and counted.
   */
  run(session: Session, data: IterationData<Setup>): unknown
}

/** An API under test and what one VU does there. */
export interface Workload<Setup = unknown> {
  name: string
  auth: AuthStrategy
  /** Pause after each iteration in the closed model; a rate (open model) leaves no time to think. */
  thinkTime: ThinkTime
  /** Claim of the access token that holds the user's segment: a label of runs that stream. */
  segmentClaim?: string
  /** Pacing: an iteration of the closed model takes at least this long, its pause included. */
  iterationSecondsMin?: number
  /**
   * A request without a response has failed after so long; a request's own `timeout` wins.
   * @default a tenth of the run, at least 10 and at most 60
   */
  requestTimeoutSeconds?: number
  /**
   * For iterations that take long by themselves: k6 interrupts what still runs so long after the end of the
   * load, and an interrupted iteration counts as one that never ended.
   * @default 30, or 5 more than the time-out of a request
   */
  gracefulStopSeconds?: number
  /** Its operations drive a browser (`k6/browser`): k6 starts a Chromium for each VU. @default false */
  browser?: boolean
  operations: Record<string, Operation<Setup>>
  /**
   * Other weights, for `--mix`: the weights of each mix, by its name. Operations that a mix does not name are left out.
   */
  mixes?: Record<string, Record<string, number>>
  /**
   * Runs once before the load, as user 1 of each target: makes the data that operations need. What it returns
   * reaches them as JSON. What it sends is nobody's service level.
   */
  setup?(session: Session): Setup
  /** Runs once at the end, also of a run that was interrupted: removes what `setup` has made. */
  teardown?(session: Session, data: Setup): unknown
  /** k6's own options, for all that decides how requests travel. */
  k6Options?: WorkloadOptions
}
