import { join } from 'node:path'
import { type FileFormat, readJson } from '../core/read-json.ts'
import { printableAll } from '../core/printable.ts'
import { writeJson } from '../core/write-whole.ts'
import { type Judgement, VERDICTS } from '../verdict/verdict.ts'
import {
  AMOUNT,
  FLAG,
  list,
  marked,
  MOMENT,
  NAME,
  NUMBER,
  object,
  one,
  TEXT,
} from '../core/schema.ts'
import type { ProcessIdentity } from './process-identity.ts'
import type { RunOutcome } from './run-outcome.ts'
import type { AllowedVerdict, OnFailure } from './suite-file.ts'

/** In the folder of a suite: what is planned, where it is, and in the end its verdict. */
export const SUITE_FILE = 'suite.json'

/** Everything about a suite, while it runs and afterwards. Plain JSON. */
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
  /** By Ctrl+C or "suite stop". */
  isStopped?: boolean
  result?: SuiteResult
}

/** How a suite ended. */
export interface SuiteResult extends Judgement {
  exitCode: number
  /** Why it is not a clear PASS, the deciding reasons first. */
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

/** Of `suite.json`. */
export const SUITE_VERSION = 1

/** Where a phase is. */
export const STAGES = ['waiting', 'preparing', 'running', 'cleaning up', 'ended'] as const

/** Why a run was never started. */
export const NOT_STARTED = ['stopped', 'preparation failed', 'earlier failure'] as const

const COMMAND = object({ command: TEXT }, { seconds: AMOUNT, exitCode: NUMBER, trouble: TEXT })

const OUTCOME = object(
  {
    id: NAME,
    folder: NAME,
    scenario: TEXT,
    workload: TEXT,
    verdict: one(...VERDICTS),
    hasReport: FLAG,
    requests: AMOUNT,
    ratePerSecond: AMOUNT,
    causes: list(TEXT),
    recommendations: list(object({ code: TEXT, figure: TEXT, advice: TEXT })),
  },
  { isClose: FLAG, errorRatio: AMOUNT, p95: object({ ms: AMOUNT }, { limit: TEXT, isMet: FLAG }) },
)

const RUN = object(
  { number: AMOUNT, label: TEXT, command: TEXT, allowed: list(one(...VERDICTS)) },
  {
    isStrict: FLAG,
    plannedSeconds: AMOUNT,
    startedAt: MOMENT,
    endedAt: MOMENT,
    exitCode: NUMBER,
    outcome: OUTCOME,
    trouble: TEXT,
    notStarted: one(...NOT_STARTED),
  },
)

const PHASE = object(
  {
    name: TEXT,
    isParallel: FLAG,
    stage: one(...STAGES),
    prepare: list(COMMAND),
    cleanup: list(COMMAND),
    runs: list(RUN),
  },
  { startedAt: MOMENT, endedAt: MOMENT },
)

/** `suite.json`. */
export const SUITE_STATE: FileFormat = {
  what: 'the state of a suite',
  code: 'K6V_SUITE_FILE_BROKEN',
  hint: 'It may be incomplete (full disk), from another version, or edited: run the suite again.',
  schema: marked(
    { kind: 'suite', format: SUITE_VERSION },
    object(
      {
        id: NAME,
        name: TEXT,
        file: TEXT,
        command: TEXT,
        process: object({ pid: { type: 'integer', minimum: 2 }, host: TEXT, started: TEXT }),
        startedAt: MOMENT,
        onFailure: one('continue', 'stop'),
        isStrict: FLAG,
        phases: list(PHASE),
      },
      {
        description: TEXT,
        endedAt: MOMENT,
        isStopped: FLAG,
        result: object(
          { verdict: one(...VERDICTS), exitCode: NUMBER, reasons: list(TEXT) },
          { isClose: FLAG },
        ),
      },
    ),
  ),
}
