// Pure. What may be said of a run besides its objectives.
import { clock, count, number, were } from '../core/format-measure.ts'

interface Progress {
  elapsedSeconds: number
  plannedSeconds: number
}

/** A sentence for each code of a run. */
export const RUN_SENTENCES = {
  // INVALID: how the run ended.
  STOPPED_BY_USER: (run: Progress) => `Stopped by the user after ${progress(run)}`,
  ENDED_EARLY: (run: Progress) => `k6 ended after ${progress(run)}`,
  RUN_NOT_FINISHED: ({ wanted, done = 0, ...run }: Progress & Partial<Unfinished>) => {
    const recorded =
      wanted === undefined ? progress(run) : `${number(done)} of ${count(wanted, 'iteration')}`
    return `The run was not finished: ${recorded} are recorded, and nothing says how it ended`
  },
  K6_KILLED: (run: Progress) => `k6 was killed by a signal after ${progress(run)}`,
  K6_BROKE: ({ exitCode, meaning }: { exitCode: number; meaning: string }) =>
    `k6 ended with exit code ${exitCode}: ${meaning}`,
  DEADLINE_PASSED: ({ elapsedSeconds, plannedSeconds }: Progress) =>
    `k6 did not end by itself and was stopped after ${seconds(elapsedSeconds)}; ${seconds(plannedSeconds)} were planned`,
  SCRIPT_ABORTED: ({ message }: { message: string }) => `The script aborted the test: ${message}`,
  SCRIPT_FAILED: ({ message }: { message: string }) =>
    `The script threw in its init code, setup() or teardown(): ${message}`,
  SCRIPT_THREW: ({ exceptions, first }: { exceptions: number; first?: string | undefined }) =>
    `The script threw ${count(exceptions, 'exception')}${first === undefined ? '' : ` (${first})`}: see k6.log`,
  CLOUD_BROKE: ({ message }: { message: string }) =>
    `The run in Grafana Cloud k6 has no result: ${message}`,
  INSTANCE_FAILED: ({ fault }: { fault: string }) => `One of several k6 failed: ${fault}`,
  STARTED_APART: ({ seconds, what }: { seconds: number; what: string }) =>
    `The ${what} began ${seconds.toFixed(1)} s apart, so samples are in the wrong phase`,
  STARTED_LATE: ({ seconds }: { seconds: number }) =>
    `The load began ${seconds.toFixed(1)} s after --start-at: give it a later time`,

  // INVALID: the load was not the planned one.
  NOTHING_RECORDED: () => 'k6 recorded no sample',
  NO_ITERATION: () => 'No iteration was finished',
  VUS_MISSING: ({ reached, planned }: { reached: number; planned: number }) =>
    `Only ${reached} of ${count(planned, 'user')} ${were(reached)} active at once`,
  LOAD_NOT_OFFERED: ({ started, dropped, planned }: NotOffered) =>
    `Only ${number(started)} of ${count(planned, 'planned iteration')} ${were(started)} started${dropped > 0 ? ` and ${number(dropped)} dropped` : ''}, and k6 says nothing of the others: it stood still`,
  POOL_TOO_SMALL: ({ dropped, offered, advice }: Dropped & { advice: string }) =>
    `${number(dropped)} of ${count(offered, 'iteration')} ${were(dropped)} dropped because no VU was free: ${advice}`,
  LOG_IN_FAILED: ({ failures, iterations }: { failures: number; iterations: number }) =>
    `${number(failures)} of ${count(iterations, 'iteration')} could not log in`,

  // INVALID: the samples are not all that happened.
  SAMPLES_DAMAGED: ({ rows, first }: { rows: number; first: string }) =>
    `samples.csv is damaged: ${count(rows, 'malformed row')}, the first one at ${first}`,
  SAMPLES_CUT: () =>
    'samples.csv ends in the middle of a line: k6 was killed, or the disk was full',
  SAMPLES_NOT_WRITTEN: ({ message }: { message: string }) =>
    `k6 could not record every sample: ${message}`,
  SAMPLES_MISSING: ({ sent, recorded }: { sent: number; recorded: number }) =>
    `k6 sent ${count(sent, 'request')}, and ${number(recorded)} ${were(recorded)} recorded`,
  SAMPLES_UNEVEN: ({ metric, due, recorded, metrics }: Uneven) =>
    `Of ${metric} ${number(recorded)} ${were(recorded)} recorded, and k6 counted ${number(due)}${metrics > 1 ? `; ${metrics} metrics lack some or have too many` : ''}`,
  SAMPLES_HEADER_DAMAGED: ({ fault }: { fault: string }) =>
    `samples.csv has a damaged first line (${fault}), so that none of its lines can be read`,
  SAMPLES_OUT_OF_TIME: ({ samples }: { samples: number }) =>
    `${count(samples, 'sample')} ${samples === 1 ? 'lies' : 'lie'} outside of the time of the run: the clock jumped`,
  SAMPLES_NOT_FINITE: ({ samples }: { samples: number }) =>
    samples === 1 ? '1 sample is not a number' : `${number(samples)} samples are not numbers`,
  SUMMARY_MISSING: () => 'k6 ended without a summary, so its last samples may be missing',
  PUSHES_LOST: ({ pushes }: { pushes: number }) =>
    `${count(pushes, 'push', 'pushes')} to Prometheus ${were(pushes)} lost`,
  PUSHES_LATE: ({ seconds }: { seconds: number }) =>
    `Nothing arrived in Prometheus for ${Math.round(seconds)} s of the run`,
  END_UNKNOWN: () => 'Nothing says that the run has ended: it still runs, or its machine died',

  // FAIL, whatever the objectives say.
  STOPPED_BY_OBJECTIVE: ({ objective, found, ...run }: Progress & StoppedBy) =>
    `Stopped by ${objective} after ${progress(run)}: ${found}`,
  STANDSTILL: (standstill: StandstillData) => `The target stood still ${when(standstill)}`,
  REQUESTS_UNANSWERED: ({ iterations, of }: { iterations: number; of: number }) =>
    `${number(iterations)} of ${count(of, 'iteration')} never ended: a request of each was never answered`,
  TARGET_TOO_SLOW: ({ dropped, offered, advice }: Dropped & { advice: string }) =>
    `The target was too slow for the rate: ${number(dropped)} of ${count(offered, 'iteration')} ${were(dropped)} dropped, although ${advice}`,
  LOG_IN_UNANSWERED: ({ failures, requests, statuses }: FailedLogIns) =>
    `${number(failures)} of ${count(requests, 'log-in')} failed: ${statuses}`,
  REDIRECT_REFUSED: ({ redirects }: { redirects: number }) =>
    `${count(redirects, 'redirect')} led to an origin that nobody has allowed, and ${were(redirects)} not followed: k6.log names it; list its host in "allowedTargets" if its owner agrees`,
  RESPONSES_REJECTED: ({ rejected, checks, reasons }: Rejected) =>
    `${number(rejected)} of ${count(checks, 'check')} failed (${reasons}), and no objective counts them: add { "share": "checks" }`,
  REQUESTS_FAILED: ({ failed, requests, statuses, of }: FailedRequests) =>
    `${number(failed)} of ${count(requests, of ?? 'request')} failed (${statuses}), and no objective counts them: add "error-ratio"${of === 'operation' ? ' with "of": "operation"' : ''}`,
  MARKED_FAILED: ({ message }: { message: string }) =>
    `The script marked the test as failed: ${message}`,
  THRESHOLD_CROSSED: ({ metric, threshold, where }: Threshold) =>
    `The script's own threshold was crossed${where}: ${metric} ${threshold}`,
  CLOUD_FAILED: ({ message }: { message: string }) =>
    `Grafana Cloud k6 says that the run failed: ${message}. The page of the run marks the threshold: that of an objective, its number of samples, an exception of the script, or dropped iterations`,

  // Of a k6 script that is not the toolkit's.
  SCENARIO_SHORT: ({ scenario, begun, planned }: ShortScenario) =>
    `Only ${number(begun)} of ${count(planned, 'planned iteration')} of the scenario ${scenario} ${were(begun)} begun`,
  NO_OBJECTIVES: () =>
    'Nothing was to be judged: the script has no thresholds, and no --sla was given; "npm run -s k6 -- run --suggest-sla <script> > sla.json" makes a file from what was measured',
  LOG_ELSEWHERE: () =>
    "k6's log went where --log-output says, so nobody has seen whether iterations threw",
  ITERATIONS_THREW: ({
    iterations,
    of,
    first,
  }: {
    iterations: number
    of: number
    first?: string
  }) =>
    `${number(iterations)} of ${count(of, 'iteration')} threw${first === undefined ? '' : ` (${first})`}, and have not done what was planned: see k6.log`,
  ITERATIONS_INTERRUPTED: ({ iterations, of }: { iterations: number; of: number }) =>
    `${number(iterations)} of ${count(of, 'iteration')} ${were(iterations)} interrupted when their time was over: k6 keeps nothing of what they measured`,

  // NO_DATA.
  NOTHING_JUDGED: () => 'No required objective could be judged',
  OPERATION_NEVER_RAN: ({ operation }: { operation: string }) =>
    `The operation ${operation} never ran`,
  ENDPOINT_NEVER_CALLED: ({ endpoint }: { endpoint: string }) => `${endpoint} was never called`,
  // Close: a PASS that leaves something open, or a FAIL that may be the machine's.
  MACHINE_BUSY: ({ seconds, judgedSeconds, slow, allSlow }: BusyMachine) =>
    `The machine, not the API, may be slow: no CPU was idle in ${seconds} of ${judgedSeconds} s, which hold ${number(slow)} of the ${count(allSlow, 'request')} over the limit`,
  GENERATOR_UNKNOWN: ({ where }: { where: string }) =>
    `Nothing is known of the CPU and memory of the load generator: ${where}`,
  K6_END_UNKNOWN: ({ where }: { where: string }) => `How k6 ended is not known: ${where}`,
  TIMES_IN_SECONDS: () =>
    'Samples have the time in whole seconds, so windows, phases and the first slow request are known to a second only: record with K6_CSV_TIME_FORMAT=unix_micro',
  RESULT_UNKNOWN: ({ problem }: { problem: string }) =>
    `k6 saw no failure, but the result of the cloud is not known: ${problem}`,
  CLOUD_SAMPLES_UNKNOWN: () =>
    'A threshold passes in k6 that has seen no sample, and the cloud does not say whether each of these has seen one: look at its page',
  PHASES_BLURRED: ({ seconds }: { seconds: number }) =>
    `The regions began ${seconds.toFixed(1)} s apart: the edges of phases are that uncertain`,
  PART_OF_LOAD: ({ part }: { part: string }) =>
    `${part} of the load only: "npm run k6 -- merge" judges all of it`,
  SLA_SUSPICIOUS: ({ path, expected, found }: { path: string; expected: string; found: string }) =>
    `SLA file, ${path}: expected ${expected}, got ${found}`,
}

interface Uneven {
  metric: string
  /** Samples that there must be, and those that there are. */
  due: number
  recorded: number
  /** How many metrics are concerned. */
  metrics: number
}

interface Dropped {
  dropped: number
  offered: number
}

/** Of a script that counts its iterations. */
interface Unfinished {
  done: number
  wanted: number
}

interface ShortScenario {
  scenario: string
  begun: number
  planned: number
}

interface NotOffered {
  started: number
  dropped: number
  planned: number
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

interface FailedRequests {
  failed: number
  requests: number
  statuses: string
  of?: 'operation'
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

interface BusyMachine {
  seconds: number
  judgedSeconds: number
  /** Requests over the limit, in those seconds and in all. */
  slow: number
  allSlow: number
}

function progress({ elapsedSeconds, plannedSeconds }: Progress): string {
  return `${seconds(elapsedSeconds)} of ${seconds(plannedSeconds)}`
}

function seconds(value: number): string {
  return `${Math.round(value)} s`
}

function when({ atSeconds, seconds, phase, reachesEnd }: StandstillData): string {
  const from = `from ${clock(atSeconds)} (${phase})`
  return reachesEnd ? `${from} to the end of the load` : `for ${seconds.toFixed(1)} s ${from}`
}
