// Pure: read by k6 and by Node.

/** A named part of the timeline, in seconds since the scenario started. */
export interface Phase {
  name: string
  startSeconds: number
  endSeconds: number
  /** Users (closed model) or iterations per second (open model) at the end of the phase. */
  target: number
  /** Where the load bends or jumps within the phase, in order of time; between them it changes evenly. */
  via?: { seconds: number; target: number }[]
}

/**
 * Closed: so many users, each waits for its answer. Open: iterations start at a rate, come what may. A k6 script of
 * anybody's may do both side by side: mixed.
 */
export type LoadModel = 'closed' | 'open' | 'once' | 'mixed'

/** What one k6 scenario of a script of anybody's is to do. */
export interface ScenarioLoad {
  name: string
  model: 'closed' | 'open' | 'once'
  /** Most users, or iterations per second in the open model. */
  target: number
  startSeconds: number
  /** At the latest, where it counts iterations. */
  endSeconds: number
  /** That it is to make: by its rates, or counted; users make as many as they can. */
  iterations?: number
}

/** One k6 scenario of the test; several run side by side. */
export interface Part {
  /** Name of the k6 scenario. */
  name: string
  weight: number
  region?: string
  /** Regions that share the part: the load zone in which a user runs says which one is its own. */
  regions?: string[]
  operation?: string
}

/** What a bundle will do; travels inside the script as `options.ext['k6-verdict']`. */
export interface RunPlan {
  workload: string
  /** Name of the profile in force, for scenarios that have profiles. */
  profile?: string
  profiles: string[]
  /** Name of the mix in force, if it is not the workload's own weights. */
  mix?: string
  model: LoadModel
  /** Model `once`: iterations of each user, if they are counted. The plan's duration is then the longest allowed. */
  iterationsPerUser?: number
  /** Highest number of users (closed, once) or iterations per second (open). */
  target: number
  phases: Phase[]
  durationSeconds: number
  parts: Part[]
  regions: string[]
  operations: string[]
  /** Part of the iterations that each operation gets, 1 in all. */
  operationShares: Record<string, number>
  /** Every `name` tag that the workload's requests can carry; a run whose operations all ran calls each. */
  endpoints: string[]
  /** Those of them that a sound run may never call. */
  optionalEndpoints: string[]
  /** Some endpoint follows redirects. */
  followsRedirects: boolean
  /**
   * `ratios`: the run is too short for percentiles and rates, so only ratios are judged. `steps`: each
   * phase `step-1`, `step-2`, … is judged by itself, and the run by how far it came.
   */
  judges: 'all' | 'ratios' | 'steps'
  /** Mean pause of a user after an iteration, in the closed model; of a paced user the whole iteration. */
  thinkSeconds: number
  /** A request without an answer has failed after so long, with k6's `error_code` 1050. */
  requestTimeoutSeconds: number
  /** Longest time that iterations go on after the plan; always longer than a request waits. */
  gracefulStopSeconds: number
  /** Of a k6 script that is not one of the toolkit's: what each of its scenarios is to do. */
  script?: ScenarioLoad[]
}

/** Users that wait for each answer, and pause after each iteration: for a time, or for a number of iterations. */
export const isClosedLoop = ({
  model,
  iterationsPerUser,
}: Pick<RunPlan, 'model' | 'iterationsPerUser'>): boolean =>
  model === 'closed' || iterationsPerUser !== undefined

const WARM_UP = 'warm-up'
const RAMP_DOWN = 'ramp-down'

/** Phases that no objective judges unless it names them. */
export const UNJUDGED_PHASES: readonly string[] = [WARM_UP, RAMP_DOWN]

/** Whether objectives judge a phase that they do not name. Without the list, which each user would have. */
export const isJudged = (phase: string): boolean => phase !== WARM_UP && phase !== RAMP_DOWN

/** k6 trend of whole operations: how long each took, log-ins within it included. */
export const OPERATION_DURATION = 'operation_duration'

/** k6 rate of operations that failed. */
export const OPERATION_FAILED = 'operation_failed'

/** Tag that says of every sample whether objectives judge it. */
export const JUDGED_TAG = 'judged'

/** Its value on what they judge by default. */
export const JUDGED_YES = 'yes'

/** On what is nobody's service level, whatever its phase: log-ins, and what a script marks so itself. */
export const JUDGED_NEVER = 'no'

/** In phases that objectives judge only where they name them. */
export const JUDGED_IF_NAMED = 'if-named'

/** Tag of requests whose endpoint says how many redirects are followed: so many, by the library. */
export const REDIRECTS_TAG = 'redirects'

/** Trend of the requests to endpoints that follow some: each with all of its hops, which k6 records one by one. */
export const FOLLOWED_METRIC = 'followed_duration'

/** Why there is no answer where a redirect led to an origin that nobody has allowed. */
export const REDIRECT_REFUSED = 'redirect-refused'

/** Tag of a request that follows a redirect: the how many-th of its chain. */
export const HOP_TAG = 'hop'
