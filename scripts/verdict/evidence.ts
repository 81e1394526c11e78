import type { RunPlan } from '../../lib/plan.ts'
import type { LoadDelivery } from './rules/load-delivered.ts'
import type { Measurement } from '../indicators/from-samples/measurement.ts'
import type { NeverCalled } from './rules/never-called.ts'
import type { Reason } from '../reasons/reasons.ts'
import type { RunFacts } from './facts/run-facts.ts'
import type { StopReason } from '../stop/stop-rule.ts'
import type { TimedPhase } from '../indicators/timeline.ts'

/** How a k6 process ended. */
export interface K6End {
  /** Missing for the only k6 of a run. */
  name?: string
  /** Missing where a signal killed it. */
  exitCode?: number
  /** First error of its log. */
  message?: string
  /** It was stopped because it did not end long after its plan was over. */
  isOverdue?: boolean
}

/** A time in which no response arrived although many were due. */
export interface Standstill {
  /** Run time at which it began. */
  atSeconds: number
  seconds: number
  phase: string
  /** It lasted until the load ended. */
  reachesEnd: boolean
}

/** Iterations of one k6 scenario. */
export interface ScenarioCount {
  iterations: number
  dropped: number
  /** Of its iterations, by the logs. */
  threw?: number
}

/** Log-ins of VUs and of setup(). */
export interface LogIns {
  requests: number
  /** Answered with a status of 500 or more, with 429, or not at all: the target could not. */
  unanswered: number
  /** `12 with status 503, 3 without a response`. */
  statuses: string
}

/** Requests in the judged time; of a run that sent none by HTTP, its operations. */
export interface Failures {
  requests: number
  failed: number
  /** `12 with status 503, 3 without a response`; of operations `12 of watch`. */
  statuses: string
  /** Set where operations were counted. */
  of?: 'operation'
}

/** k6 checks in the judged time. */
export interface Checks {
  checks: number
  rejected: number
  /** The most frequent reasons. */
  reasons: string
}

/** Everything that the verdict of a run is made from, wherever it came from. */
export interface Evidence {
  plan: RunPlan
  timeline: readonly TimedPhase[]
  /** By the id of the objective; missing where the run has nothing to judge by it. */
  measurements: ReadonlyMap<string, Measurement>
  /** Missed latencies, by the id of the objective, that may be the machine's and not the target's. */
  machineBusy: ReadonlyMap<string, Reason>
  delivery: LoadDelivery
  facts: RunFacts
  /** One for each k6. */
  ends: readonly K6End[]
  /** Nobody has kept how k6 ended. */
  isEndUnknown?: boolean | undefined
  /** An SLA file says what is asked for, and not a script's own thresholds alone. */
  isSlaGiven?: boolean
  stoppedBy?: StopReason | undefined
  /** Why the run was ended, where neither the user nor an objective did. */
  endedBecause?: Reason | undefined
  /** Why the samples cannot be trusted. */
  sampleFaults: readonly Reason[]
  /** Why the load of several k6 is not the planned one. */
  instanceFaults: readonly Reason[]
  /** Why the generator cannot be trusted. */
  generatorFaults: readonly Reason[]
  /** What nothing shows of this run, and a clear PASS would need. */
  doubts: readonly Reason[]
  /** Thresholds of the script's own that were crossed. */
  crossedThresholds: readonly Reason[]
  standstills: readonly Standstill[]
  /** What the plan calls and the run never did. */
  neverCalled: NeverCalled
  logIns: LogIns
  failures: Failures
  /** Of operations, in a run that sends requests too; missing where nobody has counted them. */
  failuresBeyondRequests?: Failures | undefined
  /** Of a k6 script that is not the toolkit's: what each of its scenarios did. */
  scenarioCounts?: ReadonlyMap<string, ScenarioCount>
  checks: Checks
  /** Where the run is one of several parts of a load: its name. */
  part?: string | undefined
}
