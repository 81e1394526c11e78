import type { Verdict } from '../verdict/verdict.ts'

/** Verdicts that a run may be allowed to end with: an INVALID one says nothing. */
export type AllowedVerdict = Exclude<Verdict, 'INVALID'>

/** A value of an option as the file has it. */
export type OptionValue = string | number | boolean | (string | number)[]

/** One run as written, once the JSON Schema has accepted it; further keys are options of the command line. */
export interface RawRun {
  name?: string
  scenario?: string
  script?: string
  plan?: string
  flags?: string[]
  mustPass?: boolean
  allowed?: AllowedVerdict[]
  [option: string]: OptionValue | undefined
}

/** A suite as written. */
export interface RawSuite {
  name: string
  description?: string
  success?: { allowed?: AllowedVerdict[]; onFailure?: OnFailure }
  defaults?: Record<string, OptionValue>
  commandTimeout?: string
  phases: RawPhase[]
}

export interface RawPhase {
  name: string
  parallel?: boolean
  prepare?: string[]
  cleanup?: string[]
  runs: RawRun[]
}

/** What follows a run that did not end as allowed. */
export type OnFailure = 'continue' | 'stop'

/** A suite whose file has no mistakes. */
export interface Suite {
  name: string
  description?: string
  onFailure: OnFailure
  commandTimeoutSeconds: number
  phases: SuitePhase[]
}

/** Some runs, and the shell commands before and after them. */
export interface SuitePhase {
  name: string
  isParallel: boolean
  prepare: string[]
  cleanup: string[]
  runs: SuiteRun[]
}

/** One command line. */
export interface SuiteRun {
  /** Place in the file, such as `phases[0].runs[1]`. */
  path: string
  /** For people: its name in the file, else the scenario or script. */
  label: string
  /** Everything behind `npm run k6 --`. */
  words: string[]
  /** Options as the command line has read them. */
  options: Record<string, unknown>
  /** One of the three is there: the name of a scenario, or the path of a script or of a plan as it is written. */
  scenario?: string
  script?: string
  plan?: string
  /** A close PASS fails it. */
  isStrict: boolean
  allowed: readonly AllowedVerdict[]
}

/** Keys of a run that are no options of a command. */
export const OWN_KEYS = [
  'name',
  'scenario',
  'script',
  'plan',
  'flags',
  'mustPass',
  'allowed',
] as const
