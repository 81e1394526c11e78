// Pure: types only. A plan file: a scenario as data, in YAML, JSON or TypeScript; docs/plans.md explains each field.

import type { HalfThenAll } from '../load-shapes.ts'

/** What JSON can hold. A text in it may have placeholders such as `${user}`. */
export type PlanValue =
  string | number | boolean | null | PlanValue[] | { [name: string]: PlanValue }

/** A scenario as data. */
export interface Plan {
  /** In kebab-case: names the run, its folder and its history. */
  name: string
  /** The question that the run answers. */
  question?: string
  /** Base URL of the API; `--target` wins. Without both the sandbox is used. */
  target?: string
  /** Name of a workload of workloads/, in place of operations. */
  workload?: string
  login?: PlanLogIn
  /** Lists to pick from, by name: rows, or a .json or .csv file beside the plan. */
  data?: Record<string, string | PlanValue[]>
  thinkTime?: PlanThinkTime
  operations?: Record<string, PlanOperation>
  load?: PlanLoad
  /** Named loads in place of one; `--profile` picks, the first is the default. */
  profiles?: Record<string, PlanLoad>
  /** A k6 scenario for each operation: the mix then holds even when one of them slows down. */
  scenarioPerOperation?: boolean
  /** Objectives as in an SLA file. */
  objectives?: PlanObjective[]
  /** An SLA file beside the plan, in place of objectives. */
  sla?: string
}

/** One line of an SLA file; thresholds/schema.json describes it. */
export interface PlanObjective {
  id: string
  indicator: string | Record<string, string>
  limit: string
  description?: string
  of?: 'request' | 'operation'
  where?: Record<string, string>
  each?: 'endpoint' | 'operation' | 'region'
  phases?: string[]
  scenarios?: string[]
  windows?: { length: string; violating: string }
  level?: 'required' | 'advisory'
  stop?: { after: string }
}

/** A pause after each iteration: always the same, between two limits, or lognormal. */
export type PlanThinkTime = string | { min: string; max: string } | { median: string; p95: string }

/** One named user action. */
export interface PlanOperation {
  /** Share of the mix, relative to the other operations. @default 1 */
  weight?: number
  /** One after the other, until one is not answered as expected. */
  steps: PlanStep[]
}

export type PlanStep = PlanRequest | { pause: string }

/** What an operation sends, and what has to come back. */
export interface PlanRequest {
  /** `METHOD /path/:parameter`: the endpoint's name in every report. */
  request: string
  /** Tells requests to one route apart. */
  label?: string
  params?: Record<string, PlanValue>
  query?: Record<string, PlanValue>
  headers?: Record<string, string>
  /** An object or a list is JSON, a text is sent as it is. */
  body?: PlanValue
  /** What an object as a body is sent as. @default 'json' */
  as?: 'json' | 'form'
  timeout?: string
  /** How many redirects are followed; 0 where the redirect itself is the answer. */
  redirects?: number
  /** Good statuses. @default 200 to 399, but no redirect */
  statuses?: number[]
  /** JSON Schema of the answer. */
  schema?: { [keyword: string]: PlanValue }
  /** What has to be where in the answer, by a name for the reason. */
  checks?: Record<string, PlanCheck>
  /** Values of the answer for later steps, by the path where they are. */
  capture?: Record<string, string>
}

/** The value at a path of the answer, such as `items.0.id`, has to equal another one. */
export interface PlanCheck {
  at: string
  equals: PlanValue
}

export type PlanLogIn =
  | PlanPasswordLogIn
  | PlanSessionCookie
  | PlanOauth
  | ({ strategy: 'basicAuth' } & PlanUsers)
  | { strategy: 'apiKey'; variable: string; header?: string; query?: string }
  | { strategy: 'bearerToken'; variable: string }

/** Whose name and password a user takes: one of the two, or AUTH_USERS_FILE, or AUTH_USERNAME and AUTH_PASSWORD. */
export interface PlanUsers {
  /** A .json or .csv file beside the plan. */
  users?: string
  /** For those that are no secret; `${user}` is the number of the user. */
  credentials?: { username: string; password: string }
}

export interface PlanTokens {
  /** Where the answer has the token. */
  token?: string
  refreshToken?: string
  /** So many users log in before the load, and share their tokens; without it each VU logs in itself. */
  logInsBeforeLoad?: number
}

export interface PlanPasswordLogIn extends PlanUsers, PlanTokens {
  strategy: 'passwordLogin'
  login: string
  refresh?: string
  /** What the API calls name and password. */
  fields?: { username: string; password: string }
  as?: 'json' | 'form'
  scheme?: string
}

export interface PlanSessionCookie extends PlanUsers {
  strategy: 'sessionCookie'
  login: string
  fields?: { username: string; password: string }
  as?: 'json' | 'form'
}

export interface PlanOauth extends PlanUsers, PlanTokens {
  strategy: 'clientCredentials' | 'passwordGrant'
  endpoint: string
  clientId: string
  /** Variable of the environment with the client's secret. */
  clientSecretVariable?: string
  clientIn?: 'body' | 'header'
  scope?: string
}

/** A load shape of lib/load-shapes.ts by its name, or phases one by one. */
export type PlanLoad =
  | { shape: 'stagedUsers'; stages: { duration: string; users: number }[] }
  | { shape: 'constantUsers'; users: number; duration: string; rampUp?: string }
  | ({ shape: 'halfThenAll' } & HalfThenAll)
  | ({ shape: 'spikes' } & PlanSpikes)
  | ({ shape: 'constantRate' } & PlanConstantRate)
  | ({ shape: 'steppedRate' } & PlanSteppedRate)
  | { shape: 'everyOperationOnce'; maxDuration: string }
  | { shape: 'iterationsPerUser'; users: number; iterations: number; maxDuration: string }
  | PlanPhases

export interface PlanSpikes {
  usualUsers: number
  peakUsers: number
  cycles: number
  peak: string
  recovery: string
  usual?: string
  rise?: string
}

export interface PlanConstantRate {
  ratePerSecond: number
  duration: string
  rampUp: string
  iterationSeconds: number
}

export interface PlanSteppedRate {
  from: number
  to: number
  steps: number
  step: string
  settling: string
  iterationSeconds: number
}

export interface PlanPhases {
  shape: 'phases'
  /** `closed`: targets are users; `open`: iterations per second. */
  model: 'closed' | 'open'
  /** At the very start. @default 0 */
  start?: number
  phases: { phase: string; duration: string; target: number }[]
  /** Open model: the slowest iteration to be carried, in seconds. */
  iterationSeconds?: number
}
