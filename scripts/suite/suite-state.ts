import { join } from 'node:path'
import { readJson } from '../files/read-json.ts'
import { printableAll } from '../core/printable.ts'
import { writeJson } from '../files/write-whole.ts'
import type { Judgement } from '../verdict/verdict.ts'
import type { ProcessIdentity } from './process-identity.ts'
import type { RunOutcome } from './run-outcome.ts'
import {
  type NOT_STARTED,
  type STAGES,
  SUITE_STATE,
  type SUITE_VERSION,
} from './suite-state-format.ts'
import type { AllowedVerdict, OnFailure } from './suite-file.ts'

/** In the folder of a suite: what is planned, where it is, and in the end its verdict. */
export const SUITE_FILE = 'suite.json'

/** All that is known of a suite, while it runs and afterwards. Plain JSON. */
export interface SuiteState {
  format: typeof SUITE_VERSION
  kind: 'suite'
  id: string
  name: string
  description?: string
  /** The suite file, as it was typed. */
  file: string
  /** What was typed, without what may be a secret. */
  command: string
  process: ProcessIdentity
  startedAt: string
  endedAt?: string
  onFailure: OnFailure
  isStrict: boolean
  phases: PhaseState[]
  /** Somebody has stopped it. */
  isStopped?: boolean
  result?: SuiteResult
}

/** How a suite ended. */
export interface SuiteResult extends Judgement {
  exitCode: number
  /** Why it is no clear PASS, what decides first. */
  reasons: string[]
}

export type PhaseStage = (typeof STAGES)[number]

export interface PhaseState {
  name: string
  isParallel: boolean
  stage: PhaseStage
  startedAt?: string
  endedAt?: string
  prepare: CommandState[]
  cleanup: CommandState[]
  runs: RunState[]
}

/** A shell command of a phase. */
export interface CommandState {
  /** URLs in it have no password and no query's values. */
  command: string
  seconds?: number
  exitCode?: number
  /** Why it did not end by itself, or was not started. */
  trouble?: string
}

export interface RunState {
  /** From 1, over all phases. */
  number: number
  label: string
  /** To type it by hand, without what may be a secret. */
  command: string
  allowed: readonly AllowedVerdict[]
  /** A close PASS fails it, whatever the suite says. */
  isStrict?: true
  plannedSeconds?: number
  startedAt?: string
  endedAt?: string
  exitCode?: number
  /** Missing where it left no verdict. */
  outcome?: RunOutcome
  /** Why there is none. */
  trouble?: string
  /** Why it was never started. */
  notStarted?: NotStarted
}

export type NotStarted = (typeof NOT_STARTED)[number]

/** @throws ToolkitError when it is damaged */
export async function readSuiteState(folder: string): Promise<SuiteState> {
  return printableAll(await readJson<SuiteState>(join(folder, SUITE_FILE), SUITE_STATE))
}

export function writeSuiteState(folder: string, state: SuiteState): Promise<void> {
  return writeJson(join(folder, SUITE_FILE), printableAll(state))
}

/** All runs, in the order of the file. */
export function runsOf({ phases }: Pick<SuiteState, 'phases'>): RunState[] {
  return phases.flatMap(({ runs }) => runs)
}
