import type { FileFormat } from '../files/read-json.ts'
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
} from '../files/schema.ts'
import { VERDICTS } from '../verdict/verdict.ts'

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
  hint: 'It may be torn by a full disk, written by another version, or edited: run the suite again.',
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
