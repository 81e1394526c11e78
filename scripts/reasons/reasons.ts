// Pure. Every sentence that a verdict may give as its reason, each under a stable code.
import type { Limit } from '../core/limit.ts'
import { COMPARISON_SENTENCES } from './comparison-reasons.ts'
import { formatMeasure, formatMissed } from '../core/format-measure.ts'
import { GENERATOR_SENTENCES } from './generator-reasons.ts'

/** Why a verdict is what it is. Tests, CI and alert routes compare `code`; people read `text`. Plain JSON. */
export interface Reason {
  code: ReasonCode
  /** One sentence without the full stop. */
  text: string
  /** The numbers and names in `text`. */
  data: Readonly<Record<string, unknown>>
}

interface Progress {
  elapsedSeconds: number
  plannedSeconds: number
}

/** A sentence for each code. docs/verdict.md explains every code; a test compares both. */
const SENTENCES = {
  // INVALID: how the run ended.
  STOPPED_BY_USER: (run: Progress) => `Stopped by the user after ${progress(run)}`,
  ENDED_EARLY: (run: Progress) => `k6 ended after ${progress(run)}`,
  K6_KILLED: (_: object) => 'k6 was killed by a signal',
  K6_BROKE: ({ exitCode, meaning }: { exitCode: number; meaning: string }) =>
    `k6 ended with exit code ${exitCode}: ${meaning}`,
  DEADLINE_PASSED: (run: Progress) =>
    `k6 did not end and was stopped: it ran for ${progress(run)} planned`,
  SCRIPT_ABORTED: ({ message }: { message: string }) => `The script aborted the test: ${message}`,
  SCRIPT_FAILED: ({ message }: { message: string }) =>
    `The script threw in its init code, setup() or teardown(): ${message}`,
  SCRIPT_THREW: ({ exceptions }: { exceptions: number }) =>
    `The script threw ${count(exceptions, 'exception')}: see k6.log`,
  CLOUD_BROKE: ({ message }: { message: string }) =>
    `The run in Grafana Cloud k6 has no result: ${message}`,
  INSTANCE_FAILED: ({ fault }: { fault: string }) => `One of several k6 failed: ${fault}`,
  STARTED_APART: ({ seconds, what }: { seconds: number; what: string }) =>
    `The ${what} began ${seconds.toFixed(1)} s apart, so samples are in the wrong phase`,
  STARTED_LATE: ({ seconds }: { seconds: number }) =>
    `The load began ${seconds.toFixed(1)} s after --start-at: give it a later time`,

  // INVALID: the load was not the planned one.
  NOTHING_RECORDED: (_: object) => 'k6 recorded no sample',
  NO_ITERATION: (_: object) => 'No iteration was finished',
  VUS_MISSING: ({ reached, planned }: { reached: number; planned: number }) =>
    `Only ${reached} of ${planned} users were active at once`,
  LOAD_NOT_OFFERED: ({ started, planned }: { started: number; planned: number }) =>
    `Only ${number(started)} of ${number(planned)} planned iterations were started, and k6 says nothing of the others: it stood still`,
  POOL_TOO_SMALL: ({ dropped, offered, advice }: Dropped & { advice: string }) =>
    `${number(dropped)} of ${number(offered)} iterations were dropped because no VU was free: ${advice}`,
  LOG_IN_FAILED: ({ failures, iterations }: { failures: number; iterations: number }) =>
    `${number(failures)} of ${number(iterations)} iterations could not log in`,

  // INVALID: the samples are not all that happened.
  SAMPLES_DAMAGED: ({ rows, first }: { rows: number; first: string }) =>
    `samples.csv is damaged: ${count(rows, 'malformed row')}, the first one at ${first}`,
  SAMPLES_CUT: (_: object) =>
    'samples.csv ends in the middle of a line: k6 was killed, or the disk was full',
  SAMPLES_NOT_WRITTEN: ({ message }: { message: string }) =>
    `k6 could not record every sample: ${message}`,
  SAMPLES_MISSING: ({ sent, recorded }: { sent: number; recorded: number }) =>
    `k6 sent ${number(sent)} requests, ${number(recorded)} were recorded`,
  SAMPLES_OUT_OF_TIME: ({ samples }: { samples: number }) =>
    `${samples} samples lie outside of the time of the run: the clock jumped`,
  SAMPLES_NOT_FINITE: ({ samples }: { samples: number }) => `${samples} samples are no numbers`,
  SUMMARY_MISSING: (_: object) => 'k6 ended without a summary, so its last samples may be missing',
  PUSHES_LOST: ({ pushes }: { pushes: number }) => `${pushes} pushes to Prometheus were lost`,
  PUSHES_LATE: ({ seconds }: { seconds: number }) =>
    `Nothing arrived in Prometheus for ${Math.round(seconds)} s of the run`,
  END_UNKNOWN: (_: object) =>
    'Nothing says that the run has ended: it still runs, or its machine died',

  // INVALID: the load generator lacked something; and what is noted of it.
  ...GENERATOR_SENTENCES,

  // FAIL, whatever the objectives say.
  STOPPED_BY_OBJECTIVE: ({ objective, found, ...run }: Progress & StoppedBy) =>
    `Stopped by ${objective} after ${progress(run)}: ${found}`,
  STANDSTILL: (standstill: StandstillData) => `The target stood still ${when(standstill)}`,
  REQUESTS_UNANSWERED: ({ iterations, of }: { iterations: number; of: number }) =>
    `${number(iterations)} of ${number(of)} iterations never ended: a request of each was never answered`,
  TARGET_TOO_SLOW: ({ dropped, offered, advice }: Dropped & { advice: string }) =>
    `The target was too slow for the rate: ${number(dropped)} of ${number(offered)} iterations were dropped, although ${advice}`,
  LOG_IN_UNANSWERED: ({ failures, requests, statuses }: FailedLogIns) =>
    `${number(failures)} of ${number(requests)} log-ins failed: ${statuses}`,
  RESPONSES_REJECTED: ({ rejected, checks, reasons }: Rejected) =>
    `${number(rejected)} of ${number(checks)} checks failed (${reasons}), and no objective counts them: add { "share": "checks" }`,
  MARKED_FAILED: ({ message }: { message: string }) =>
    `The script marked the test as failed: ${message}`,
  THRESHOLD_CROSSED: ({ metric, threshold, where }: Threshold) =>
    `The script's own threshold was crossed${where}: ${metric} ${threshold}`,
  CLOUD_FAILED: ({ message }: { message: string }) =>
    `Grafana Cloud k6 says that the run failed: ${message}. The page of the run marks the threshold: that of an objective, its number of samples, an exception of the script, or dropped iterations`,

  // NO_DATA.
  NOTHING_JUDGED: (_: object) => 'No required objective could be judged',
  ENDPOINT_NEVER_CALLED: ({ endpoint }: { endpoint: string }) => `${endpoint} was never called`,
  NO_SAMPLES: (_: object) => 'no samples',
  TOO_FEW_SAMPLES: ({ samples, needed }: { samples: number; needed: number }) =>
    `${samples} samples, at least ${needed} are needed`,
  MISSED_BY_FEW: ({ bad, samples, needed, percentile, limit }: MissedByFew) =>
    `${bad} of ${samples} samples miss ${limit}: p${percentile} misses it too, whatever the ${needed - samples} samples that are lacking had been`,
  DROPPED_OVER_LIMIT: ({ percentile }: { percentile: number }) =>
    `so many iterations were dropped because no VU was free that p${percentile} is a request that was never sent`,
  TOO_FEW_DRIFT_WINDOWS: (data: { windows: number; of: number; needed: number }) =>
    `${data.windows} of ${data.of} windows of constant load have enough requests, at least ${data.needed} are needed`,
  NO_STEP: (_: object) => 'no step of the ramp was measured',
  CAPACITY_OPEN: (ramp: OpenCapacity) =>
    `The capacity is ${ramp.capacity}, so ${ramp.limit} is neither met nor missed: run again with --from-rate ${ramp.from} --rate ${ramp.to}`,
  CAPACITY_ABOVE_RAMP: (ramp: OpenCapacity) =>
    `The capacity is ${ramp.capacity}, and ${ramp.limit} was not tried: run again with --from-rate ${ramp.from} --rate ${ramp.to}`,
  NO_SPIKE: (_: object) => 'there was no spike to recover from',
  BASELINE_TOO_SMALL: ({ cycle, served, needed }: FewServed) =>
    `${served} requests were served before ${cycle}, at least ${needed} are needed to know what is usual`,
  RECOVERY_TOO_SHORT: ({ cycle, seconds, needed }: ShortRecovery) =>
    `the run ended ${seconds} s after ${cycle}, at least ${needed} s are needed`,
  NO_WINDOW: ({ lengthSeconds }: { lengthSeconds: number }) =>
    `no window of ${lengthSeconds} s had enough samples`,
  RUN_CUT_SHORT: (_: object) => 'the run ended before its time was over',
  NOT_MEASURED: ({ why }: { why: string }) => why,
  ABSENT: ({ why }: { why: string }) => why,

  // Of an objective.
  LIMIT_MISSED: ({ measured, limit }: { measured: number; limit: Limit }) =>
    `${formatMissed(measured, limit)}, expected ${limit.text}`,
  NOT_RECOVERED: ({ cycle, seconds }: { cycle: string; seconds: number }) =>
    `not as before within the ${seconds} s after ${cycle}`,
  NO_SOUND_STEP: ({ bad }: { bad: string }) =>
    `No step met all objectives: ${bad} was too much already`,
  WINDOWS_MISSED: ({ violating, windows, lengthSeconds, longestStreak }: WindowsData) =>
    `${violating} of ${windows} windows of ${lengthSeconds} s miss it, ${longestStreak} in a row`,
  CLOSE_TO_LIMIT: ({ measured, low, high, limit }: Close) =>
    `${formatMeasure(measured, limit.unit)} is close to the limit ${limit.text}: the truth lies between ${formatMeasure(low, limit.unit)} and ${formatMeasure(high, limit.unit)}`,
  COORDINATED_OMISSION: ({ corrected, limit }: { corrected: string; limit: string }) =>
    `VUs that waited sent no requests meanwhile: with those it is ${corrected}, expected ${limit}`,
  NO_FAILURE_SEEN: ({ samples, proven, needed, durationSeconds }: NoFailureSeen) =>
    `no failure in ${number(samples)} samples proves ${proven}, ${number(needed)} are needed: --duration ${durationSeconds}s`,
  ONE_SECOND_ONLY: (_: object) =>
    'all samples lie within one second, so nothing says how they vary',

  // Close: a PASS that leaves something open.
  GENERATOR_UNKNOWN: ({ where }: { where: string }) =>
    `Nothing is known of the CPU and memory of the load generator: ${where}`,
  RESULT_UNKNOWN: ({ problem }: { problem: string }) =>
    `k6 saw no failure, but the result of the cloud is not known: ${problem}`,
  PHASES_BLURRED: ({ seconds }: { seconds: number }) =>
    `The regions began ${seconds.toFixed(1)} s apart: the edges of phases are that uncertain`,
  PART_OF_LOAD: ({ part }: { part: string }) =>
    `${part} of the load only: "npm run k6 -- merge" judges all of it`,

  // Of a comparison.
  ...COMPARISON_SENTENCES,
}

interface Dropped {
  dropped: number
  offered: number
}

interface StoppedBy {
  objective: string
  found: string
}

interface StandstillData {
  /** Run time at which it began. */
  atSeconds: number
  seconds: number
  phase: string
  /** It lasted until the load ended. */
  reachesEnd: boolean
}

interface FailedLogIns {
  failures: number
  requests: number
  /** `12 with status 503`. */
  statuses: string
}

interface Rejected {
  rejected: number
  checks: number
  /** The most frequent ones. */
  reasons: string
}

interface Threshold {
  metric: string
  threshold: string
  /** ` on instance 2`, or nothing. */
  where: string
}

interface MissedByFew {
  bad: number
  samples: number
  needed: number
  percentile: number
  limit: string
}

interface NoFailureSeen {
  samples: number
  /** What the interval reaches: `99.83%`, or `at most 0.17%` of errors. */
  proven: string
  /** Samples that would prove the limit, if none of them fails. */
  needed: number
  /** Of the run that would have them. */
  durationSeconds: number
}

interface FewServed {
  cycle: string
  served: number
  needed: number
}

interface ShortRecovery {
  cycle: string
  seconds: number
  needed: number
}

interface OpenCapacity {
  /** `between 900/s (good) and 1,050/s (bad)` */
  capacity: string
  limit: string
  /** Rates of a narrower ramp. */
  from: number
  to: number
}

interface WindowsData {
  violating: number
  windows: number
  lengthSeconds: number
  longestStreak: number
}

interface Close {
  measured: number
  low: number
  high: number
  limit: Limit
}

export type ReasonCode = keyof typeof SENTENCES

/** What the sentence of a code needs. */
export type ReasonData<Code extends ReasonCode> = Parameters<(typeof SENTENCES)[Code]>[0]

/** All codes, in the order in which docs/verdict.md explains them. */
export const REASON_CODES = Object.keys(SENTENCES) as ReasonCode[]

/** A reason with its sentence filled in. */
export function reason<Code extends ReasonCode>(code: Code, data: ReasonData<Code>): Reason {
  const sentence = SENTENCES[code] as (data: ReasonData<Code>) => string
  return { code, text: sentence(data), data: { ...data } }
}

/** The reason of an objective among those of its run: `latency-p95: 218 ms, expected < 200ms`. */
export function ofObjective(name: string, { code, text, data }: Reason): Reason {
  return { code, text: `${name}: ${text}`, data: { objective: name, ...data } }
}

function progress({ elapsedSeconds, plannedSeconds }: Progress): string {
  return `${Math.round(elapsedSeconds)} s of ${Math.round(plannedSeconds)} s`
}

function when({ atSeconds, seconds, phase, reachesEnd }: StandstillData): string {
  const from = `from ${clock(atSeconds)} (${phase})`
  return reachesEnd ? `${from} to the end of the load` : `for ${seconds.toFixed(1)} s ${from}`
}

/** `1:05` of run time. */
function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}

function number(value: number): string {
  return Math.round(value).toLocaleString('en-US')
}

function count(amount: number, noun: string): string {
  return `${number(amount)} ${noun}${amount === 1 ? '' : 's'}`
}
