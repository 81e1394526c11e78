import type { FileFormat } from '../core/read-json.ts'
import {
  AMOUNT,
  FLAG,
  list,
  MOMENT,
  NAME,
  NUMBER,
  object,
  one,
  record,
  TEXT,
} from '../core/schema.ts'

/** Seconds; ten years. */
const SECONDS = { type: 'number', minimum: 0, maximum: 3.2e8 }

/** A phase of a plan. */
export const PHASE = object(
  { name: NAME, startSeconds: SECONDS, endSeconds: SECONDS, target: AMOUNT },
  { via: list(object({ seconds: SECONDS, target: AMOUNT })) },
)

const SHAPE = {
  model: one('closed', 'open', 'once', 'mixed'),
  target: AMOUNT,
  phases: list(PHASE),
  durationSeconds: SECONDS,
}

const CALLS = {
  workload: NAME,
  profiles: list(TEXT),
  parts: list(object({ name: TEXT, weight: NUMBER })),
  regions: list(TEXT),
  operations: list(TEXT),
  operationShares: record(NUMBER),
  endpoints: list(TEXT),
  optionalEndpoints: list(TEXT),
  followsRedirects: FLAG,
  judges: one('all', 'ratios', 'steps'),
  thinkSeconds: SECONDS,
  requestTimeoutSeconds: SECONDS,
  gracefulStopSeconds: SECONDS,
}

const OF_SOME = { profile: TEXT, mix: TEXT, iterationsPerUser: AMOUNT }

const IDENTITY = {
  id: NAME,
  scenario: NAME,
  workload: NAME,
  settings: object(
    { timeScale: NUMBER, seed: NUMBER },
    {
      scenario: NAME,
      profile: TEXT,
      mix: TEXT,
      users: AMOUNT,
      ratePerSecond: AMOUNT,
      duration: TEXT,
    },
  ),
  startedAt: MOMENT,
  target: object(
    { byRegion: record(TEXT), sandbox: FLAG },
    { base: TEXT, regionLatency: record(object({ latencyMs: AMOUNT, jitterMs: AMOUNT })) },
  ),
}

const MACHINE = {
  versions: object({ toolkit: TEXT }, { node: TEXT, k6: TEXT, k6Source: TEXT }),
  host: object({ name: TEXT, platform: TEXT, cpus: AMOUNT, cpuModel: TEXT, memoryBytes: AMOUNT }),
  k6Environment: record(TEXT),
  instances: list(
    object(
      {},
      {
        name: NAME,
        segment: { type: 'string', pattern: '^\\d+(/\\d+)?:\\d+(/\\d+)?$' },
        exitCode: NUMBER,
        stoppedBy: TEXT,
        interruptedIterations: AMOUNT,
        startedAt: MOMENT,
        endedAt: MOMENT,
        loadStartedAt: MOMENT,
      },
    ),
  ),
}

const SEGMENT = object(
  { part: AMOUNT, of: AMOUNT, startAt: MOMENT },
  { users: AMOUNT, ratio: AMOUNT, clock: object({ offsetMs: NUMBER, errorMs: NUMBER }) },
)

const OPTIONAL = {
  command: TEXT,
  pid: AMOUNT,
  endedBecause: object({
    code: one('GENERATOR_MEMORY_ENDED'),
    text: TEXT,
    data: { type: 'object' },
  }),
  metrics: record(object({ type: one('counter', 'gauge', 'rate', 'trend'), isTime: FLAG })),
  recording: object({ kind: TEXT, judgedAt: MOMENT }, { sla: TEXT, csv: TEXT }),
  git: object({ commit: TEXT, changed: FLAG }),
  endedAt: MOMENT,
  cloud: object({ execution: one('cloud', 'local'), name: TEXT }, { url: TEXT }),
  phases: list(object({ name: NAME, startedAt: MOMENT, endedAt: MOMENT })),
  segment: SEGMENT,
  mergedFrom: list(object({ id: NAME, host: TEXT, segment: SEGMENT })),
  verdict: TEXT,
  exitCode: NUMBER,
}

/** A run as an old verdict tells it: what came later may be missing. */
export const RUN_SCHEMA = object(IDENTITY, {
  ...MACHINE,
  ...OPTIONAL,
  plan: object(SHAPE, { ...CALLS, ...OF_SOME }),
})

const PLAN = object({ ...SHAPE, ...CALLS }, OF_SOME)

const BROKEN = {
  what: 'the run.json of a run',
  code: 'K6V_RUN_FILE_BROKEN',
  hint: 'Copy the whole folder again from where the run was made, or run the scenario again.',
}

/** `run.json`. */
export const MANIFEST_FORMAT: FileFormat = {
  ...BROKEN,
  schema: object({ ...IDENTITY, ...MACHINE, plan: PLAN }, OPTIONAL),
}

const { instances, ...ofMachine } = MACHINE

/** The same, where nobody may know with what and where k6 has run: it was judged by its samples alone. */
export const RECORDED_FORMAT: FileFormat = {
  ...BROKEN,
  schema: object(
    { ...IDENTITY, instances, plan: PLAN },
    { ...OPTIONAL, k6Environment: ofMachine.k6Environment, host: ofMachine.host },
  ),
}
