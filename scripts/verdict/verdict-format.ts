import type { FileFormat } from '../core/read-json.ts'
import {
  AMOUNT,
  FIGURE,
  FLAG,
  list,
  marked,
  MOMENT_MS,
  NUMBER,
  object,
  one,
  record,
  TEXT,
} from '../core/schema.ts'
import { RUN_SCHEMA } from '../run-folder/manifest-format.ts'
import { VERDICTS } from './verdict.ts'
import { VERDICT_FORMAT } from './verdict-file.ts'

const JUDGEMENT = object({ verdict: one(...VERDICTS) }, { isClose: FLAG })

const REASON = object({ code: TEXT, text: TEXT, data: { type: 'object' } })

const INTERVAL = object({ low: FIGURE, high: FIGURE })

const OBJECTIVE = object(
  {
    id: TEXT,
    level: one('required', 'advisory'),
    indicator: TEXT,
    limit: TEXT,
    verdict: one(...VERDICTS, 'not in this run'),
  },
  {
    description: TEXT,
    isPart: FLAG,
    bound: FIGURE,
    unit: TEXT,
    measured: FIGURE,
    interval: INTERVAL,
    samples: AMOUNT,
    windows: object(
      { lengthSeconds: AMOUNT, count: AMOUNT, violating: AMOUNT, longestStreak: AMOUNT },
      { violated: list(object({ at: TEXT })), isMissed: FLAG, isDemanded: FLAG },
    ),
    phases: object({ judged: list(TEXT), excluded: list(TEXT) }),
    isClose: FLAG,
    reason: REASON,
    sql: TEXT,
  },
)

const DELIVERY = object(
  {
    iterations: AMOUNT,
    interruptedIterations: AMOUNT,
    droppedIterations: AMOUNT,
    scriptExceptions: AMOUNT,
    authFailures: AMOUNT,
    elapsedSeconds: NUMBER,
    plannedSeconds: AMOUNT,
    end: one('complete', 'stopped-by-user', 'cut-short'),
  },
  {
    plannedIterations: AMOUNT,
    deliveredRatio: FIGURE,
    usersReached: AMOUNT,
    usersPlanned: AMOUNT,
  },
)

const ENDPOINT = object(
  { endpoint: TEXT, count: AMOUNT, ratePerSecond: AMOUNT, errors: AMOUNT },
  { p50Ms: FIGURE, p95Ms: FIGURE, p99Ms: FIGURE, errorRatio: FIGURE },
)

const GENERATOR = object(
  { judgedSeconds: NUMBER, cpus: AMOUNT, faults: list(REASON), notes: list(REASON) },
  {
    seconds: record(AMOUNT),
    clockJumpMs: AMOUNT,
    perSecond: list(record(FIGURE)),
    instances: list(object({ name: TEXT, faults: list(REASON) })),
  },
)

const SAMPLES = object(
  { rows: AMOUNT, columns: list(TEXT), rejectedLines: AMOUNT, isTorn: FLAG },
  {
    csvBytes: AMOUNT,
    parquetBytes: AMOUNT,
    firstRejected: list(object({ line: AMOUNT, reason: TEXT })),
    renamedTags: record(TEXT),
    instances: list(object({ instance: TEXT })),
  },
)

const FIGURES = list(FIGURE)

const SERIES = object({
  timeline: object({
    startMs: MOMENT_MS,
    stepSeconds: AMOUNT,
    step: list(NUMBER),
    users: FIGURES,
    requestsPerSecond: FIGURES,
    errorsPerSecond: FIGURES,
    droppedPerSecond: FIGURES,
    p50Ms: FIGURES,
    p95Ms: FIGURES,
    p99Ms: FIGURES,
  }),
  heatMap: object({ stepSeconds: AMOUNT, bucketsMs: list(NUMBER), cells: list(list(NUMBER)) }),
  percentiles: list(object({ percentile: NUMBER, ms: FIGURE })),
  breakdowns: list(object({ tag: TEXT, rows: list(ENDPOINT) })),
  errors: list(
    object(
      { endpoint: TEXT, status: TEXT, requests: AMOUNT, firstAtMs: MOMENT_MS },
      { errorCode: TEXT },
    ),
  ),
  rejections: list(object({ endpoint: TEXT, reason: TEXT, answers: NUMBER })),
})

const CAUSE = object({
  code: TEXT,
  text: TEXT,
  data: object({
    objectiveId: TEXT,
    limit: TEXT,
    when: list(object({ startSeconds: NUMBER, endSeconds: NUMBER, phase: TEXT })),
    where: TEXT,
    coincided: list(object({ code: TEXT, text: TEXT })),
  }),
})

const DIAGNOSIS = object({
  id: TEXT,
  title: TEXT,
  text: TEXT,
  advice: TEXT,
  severity: one('info', 'warning'),
})

const RESOURCES = object({
  charts: list(
    object({
      source: TEXT,
      title: TEXT,
      unit: one('ms', 'ratio', '/s', 'total', 'units', 'bytes', 'bytes/s'),
      lines: list(object({ label: TEXT, atMs: list(NUMBER), values: list(NUMBER) })),
    }),
  ),
  alerts: list(
    object({ atMs: MOMENT_MS, url: TEXT, id: TEXT, severity: TEXT, value: NUMBER, text: TEXT }),
  ),
})

const SINCE_LAST = object({
  id: TEXT,
  startedAt: TEXT,
  verdict: TEXT,
  warnings: list(TEXT),
  objectives: list(object({ name: TEXT, indicator: TEXT, unit: TEXT, scale: TEXT, hint: TEXT })),
})

/** `verdict.json`; of an older file the parts that came later may be missing. */
export const VERDICT_FILE: FileFormat = {
  what: 'a whole verdict',
  code: 'K6V_VERDICT_BROKEN',
  hint: 'It may be torn by a full disk, written by another version, or edited. "npm run k6 -- judge <folder>" judges the samples again.',
  schema: marked(
    { format: VERDICT_FORMAT },
    object(
      {
        verdict: one(...VERDICTS),
        run: RUN_SCHEMA,
        objectives: list(OBJECTIVE),
        reasons: list(REASON),
        errors: list(TEXT),
        delivery: DELIVERY,
        endpoints: list(ENDPOINT),
        generator: GENERATOR,
        samples: SAMPLES,
      },
      {
        isClose: FLAG,
        wouldBe: JUDGEMENT,
        stoppedBy: object({ id: TEXT, reason: TEXT }),
        traffic: one('operations'),
        source: object({ kind: TEXT, facts: list(list(TEXT)) }, { url: TEXT }),
        series: SERIES,
        causes: list(CAUSE),
        diagnosis: list(DIAGNOSIS),
        sinceLast: SINCE_LAST,
        resources: RESOURCES,
        redirectsGivenUp: FLAG,
        prometheus: object({
          url: TEXT,
          intervalSeconds: AMOUNT,
          due: AMOUNT,
          lost: AMOUNT,
          late: AMOUNT,
        }),
      },
    ),
  ),
}
