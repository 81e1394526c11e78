// Every way of passing wrongly that we know, and what the verdict must be. docs/verdict.md has the same table.
import type { ReasonCode } from '../scripts/reasons/reasons.ts'
import type { LOADS, SLAS } from './mutation-runs.ts'
import type { Behaviour } from './tampered-server.ts'

export interface Mutation {
  title: string
  /** How the target answers. @default 'sound' */
  server?: Behaviour
  /** What the script does; see tests/fixtures/tampered/workload.ts. */
  mode?: string
  /** @default a closed load of 20 VUs for 8 s */
  load?: keyof typeof LOADS
  sla?: keyof typeof SLAS
  /** Stops a process by a signal for so long, from a second of the load on. */
  freeze?: { what: 'target' | 'k6'; fromSeconds: number; seconds: number }
  /** Other processes use all CPUs meanwhile. */
  isBusy?: boolean
  /** Added to the bundle before the real k6 gets it. */
  script?: string
  env?: Record<string, string>
  verdict: keyof typeof EXIT_CODES
  /** One of its reasons; none for a PASS. */
  code?: ReasonCode
}

export const EXIT_CODES = {
  PASS: 0,
  'PASS (close)': 0,
  NO_DATA: 90,
  INVALID: 91,
  FAIL: 99,
  'FAIL (close)': 99,
}

const FREEZES = [2, 5, 10, 30].flatMap((seconds): Mutation[] => {
  const freeze = { what: 'target', fromSeconds: 5, seconds } as const
  return [
    {
      title: `the target stands still for ${seconds} s, and VUs wait (closed)`,
      load: seconds > 10 ? 'longest' : 'long',
      sla: 'median',
      freeze,
      verdict: seconds > 2 ? 'FAIL' : 'PASS (close)',
      code: 'STANDSTILL',
    },
    {
      title: `the target stands still for ${seconds} s, and requests pile up (open)`,
      load: seconds > 5 ? 'open-longest' : 'open-long',
      sla: 'latencies',
      freeze,
      // Once a tenth of the requests, and once in the run: whether p95 misses is close to chance.
      verdict: seconds > 2 ? 'FAIL' : 'FAIL (close)',
      code: 'STANDSTILL',
    },
  ]
})

export const MUTATIONS: Mutation[] = [
  { title: 'nothing is wrong', verdict: 'PASS' },
  { title: 'a perfect run at >= 100% and <= 0%', sla: 'perfect', verdict: 'PASS' },
  {
    title: "an API of one's own uses 1.3 of the 2 CPUs, and k6 lacks nothing",
    server: 'busy',
    verdict: 'PASS',
  },
  ...(['closed', 'open', 'spike'] as const).map((load): Mutation => ({
    title: `every tenth request is never answered (${load})`,
    server: 'hangs-tenth',
    load,
    verdict: 'FAIL',
    code: 'LIMIT_MISSED',
  })),
  {
    title: 'all requests hang from the middle of the run on',
    server: 'hangs-half',
    verdict: 'FAIL',
    code: 'STANDSTILL',
  },
  {
    title: 'bodies come byte by byte and never end',
    server: 'trickles',
    verdict: 'FAIL',
    code: 'LIMIT_MISSED',
  },
  {
    title: 'time-outs, and the SLA has latencies only',
    server: 'hangs-tenth',
    sla: 'latencies',
    verdict: 'FAIL',
    code: 'LIMIT_MISSED',
  },
  ...FREEZES,
  {
    title: 'k6 stands still for the last 9 s (open model)',
    load: 'open',
    freeze: { what: 'k6', fromSeconds: 5, seconds: 9 },
    verdict: 'INVALID',
    code: 'LOAD_NOT_OFFERED',
  },
  {
    title: 'a second of it is bad, and the average good',
    server: 'stalls',
    // In 8 s, one bad second may also reach the interval of the whole run, and the reason is CLOSE_TO_LIMIT.
    load: 'long',
    verdict: 'PASS (close)',
    code: 'WINDOWS_MISSED',
  },
  {
    title: 'a second of it is bad, and the SLA asks for windows',
    server: 'stalls',
    sla: 'windows',
    verdict: 'FAIL',
    code: 'WINDOWS_MISSED',
  },
  {
    title: 'one redirect before each right answer',
    server: 'redirects',
    verdict: 'FAIL',
    code: 'LIMIT_MISSED',
  },
  { title: 'redirects without end', server: 'loops', verdict: 'FAIL', code: 'LIMIT_MISSED' },
  {
    title: 'every answer is 500, and fast',
    server: 'fails',
    verdict: 'FAIL',
    code: 'LIMIT_MISSED',
  },
  {
    title: 'every answer is 503, also for the log-in',
    server: 'unavailable',
    mode: 'logs-in',
    verdict: 'FAIL',
    code: 'LOG_IN_UNANSWERED',
  },
  { title: 'the target dies', server: 'dies', verdict: 'FAIL', code: 'LIMIT_MISSED' },
  {
    title: 'responses that the script rejects, and no objective for checks',
    server: 'garbage',
    sla: 'latencies',
    verdict: 'FAIL',
    code: 'RESPONSES_REJECTED',
  },
  {
    title: 'every answer is 500, no check looks at it, and the SLA has latencies only',
    ...({ server: 'fails', mode: 'unchecked', sla: 'latencies' } as const),
    verdict: 'FAIL',
    code: 'REQUESTS_FAILED',
  },
  {
    title: 'an endpoint is never called',
    mode: 'never-rare',
    verdict: 'NO_DATA',
    code: 'ENDPOINT_NEVER_CALLED',
  },
  {
    title: '"every operation once", and one of them sends nothing',
    mode: 'never-rare',
    load: 'smoke',
    verdict: 'NO_DATA',
    code: 'ENDPOINT_NEVER_CALLED',
  },
  { title: 'nothing is sent', mode: 'silent', verdict: 'NO_DATA', code: 'NO_SAMPLES' },
  { title: 'the script throws', mode: 'throws', verdict: 'INVALID', code: 'SCRIPT_THREW' },
  {
    title: 'the script aborts the test (k6 exits with 108)',
    mode: 'aborts',
    verdict: 'INVALID',
    code: 'SCRIPT_ABORTED',
  },
  {
    title: 'the script marks the test as failed (110)',
    mode: 'marks-failed',
    verdict: 'FAIL',
    code: 'MARKED_FAILED',
  },
  {
    title: 'teardown() throws (107)',
    script: `export function teardown() { throw new Error('cleaning up failed') }`,
    verdict: 'INVALID',
    code: 'SCRIPT_FAILED',
  },
  {
    title: 'the target is too slow for the rate',
    server: 'slow',
    load: 'small-pool',
    verdict: 'FAIL',
    code: 'TARGET_TOO_SLOW',
  },
  {
    title: 'the generator is at its limit',
    mode: 'spins',
    env: { GOMAXPROCS: '1' },
    verdict: 'INVALID',
    code: 'GENERATOR_CPU_SATURATED',
  },
  { title: 'other processes use all CPUs, and k6 need not wait', isBusy: true, verdict: 'PASS' },
  {
    title: 'other processes take the CPU that k6 needs',
    mode: 'spins',
    isBusy: true,
    verdict: 'INVALID',
    code: 'GENERATOR_CPU_STARVED',
  },
  {
    title: 'an objective with "stop" ends the run on a busy machine',
    server: 'fails',
    sla: 'stop',
    isBusy: true,
    verdict: 'FAIL',
    code: 'STOPPED_BY_OBJECTIVE',
  },
]
