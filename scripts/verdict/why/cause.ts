// Pure. Every sentence that says why an objective was missed, each under a stable code.

/** A stretch of the run, in seconds since the load began. */
export interface Stretch {
  startSeconds: number
  endSeconds: number
  phase: string
}

/** Something else that was unusual in the same seconds. */
export interface Coincidence {
  code: CoincidenceCode
  text: string
}

/** What a cause is made of; plain JSON. */
export interface CauseData {
  objectiveId: string
  /** In the unit of the objective's limit; missing for a recovery that did not come. */
  measured?: number
  limit: string
  /** Empty where no part of the run was special. */
  when: Stretch[]
  /** `all endpoints`, or the endpoints and the region that were. */
  where: string
  coincided: Coincidence[]
  /** What the objective's number is without those seconds or those requests. */
  without?: number
  /** Share of the requests over the limit that lies there, 0 to 1. */
  accountsFor: number
  /** Other objectives that were missed for the same reason. */
  alsoMissed: { objectiveId: string; measured?: number; limit: string; without?: number }[]
}

/** Why an objective was missed, or is close to it. Plain JSON. */
export interface Cause {
  code: CauseCode
  /** One sentence without the full stop. */
  text: string
  data: CauseData
}

/** Parts of a sentence, in words. */
export interface CauseWords {
  /** `latency-p95 missed (218 ms, < 200 ms expected)`. */
  missed: string
  /** `at 0:14 and 0:45 in hold`. */
  when: string
  /** `all endpoints`, `only POST /v1/enhance`. */
  where: string
  /** What only some sentences need: `two standstills of 2 s`, `status 503`, `every 20 s`. */
  what: string
  /** `; without them 141 ms; no CPU was idle in 4 of those 4 s`, or nothing. */
  rest: string
}

/** A sentence for each code. */
const SENTENCES = {
  WHY_CPU_TAKEN: ({ missed, when, where, what, rest }: CauseWords) =>
    `${missed} because other processes took the CPU ${when} (${what}), ${where}${rest}`,
  WHY_K6_STALLED: ({ missed, when, where, what, rest }: CauseWords) =>
    `${missed} because k6 itself stood still ${when} (${what}), ${where}${rest}`,
  WHY_GC: ({ missed, when, where, what, rest }: CauseWords) =>
    `${missed} because k6 collected garbage ${when} (${what}), ${where}${rest}`,
  WHY_PERIODIC: ({ missed, when, where, what, rest }: CauseWords) =>
    `${missed} because of ${what}, ${when}, ${where}${rest}`,
  WHY_STANDSTILL: ({ missed, when, where, what, rest }: CauseWords) =>
    `${missed} because of ${what} ${when}, ${where}${rest}`,
  WHY_MACHINE_FULL: ({ missed, when, where, what, rest }: CauseWords) =>
    `${missed} while no CPU was idle ${when} (${what}), ${where}${rest}`,
  WHY_SLOW_ENDPOINT: ({ missed, when, where, what, rest }: CauseWords) =>
    `${missed} because ${where} answered slowly ${when} (${what})${rest}`,
  WHY_SLOW_REGION: ({ missed, when, where, what, rest }: CauseWords) =>
    `${missed} because ${where} answered slowly ${when} (${what})${rest}`,
  WHY_LARGE_RESPONSES: ({ missed, when, where, what, rest }: CauseWords) =>
    `${missed} because receiving the responses took long ${when} (${what}), ${where}${rest}`,
  WHY_CONNECT: ({ missed, when, where, what, rest }: CauseWords) =>
    `${missed} because of connecting to the target ${when} (${what}), ${where}${rest}`,
  WHY_DNS: ({ missed, when, where, what, rest }: CauseWords) =>
    `${missed} because names could not be looked up in DNS ${when} (${what}), ${where}${rest}`,
  WHY_BLOCKED: ({ missed, when, where, what, rest }: CauseWords) =>
    `${missed} because requests waited before they were sent ${when} (${what}; name look-up, or no free connection), ${where}${rest}`,
  WHY_GROWTH: ({ missed, when, where, what, rest }: CauseWords) =>
    `${missed} because it grew over the run (${what}) ${when}, ${where}${rest}`,
  WHY_POOL_EXHAUSTED: ({ missed, when, where, what, rest }: CauseWords) =>
    `${missed} because the target is at its limit: ${what} ${when}, ${where}${rest}`,
  WHY_SLOW_START: ({ missed, when, where, what, rest }: CauseWords) =>
    `${missed} because of the start of the load ${when} (${what}), ${where}${rest}`,
  WHY_ONE_PHASE: ({ missed, when, where, what, rest }: CauseWords) =>
    `${missed} because of ${what} alone ${when}, ${where}${rest}`,
  WHY_SLOW_SECONDS: ({ missed, when, where, what, rest }: CauseWords) =>
    `${missed} because of slow seconds ${when} (${what}), ${where}${rest}`,
  WHY_EVERYTHING_SLOW: ({ missed, where, rest }: CauseWords) =>
    `${missed}: ${where}, the whole time, no second and no endpoint stands out${rest}`,
  WHY_RATE_LIMITED: ({ missed, when, where, what, rest }: CauseWords) =>
    `${missed} because the target limits the rate (${what}) ${when}, ${where}${rest}`,
  WHY_TIMEOUTS: ({ missed, when, where, what, rest }: CauseWords) =>
    `${missed} because requests timed out (${what}) ${when}, ${where}${rest}`,
  WHY_FAILING_ENDPOINT: ({ missed, when, where, what, rest }: CauseWords) =>
    `${missed} because ${where} failed ${when} (${what})${rest}`,
  WHY_FAILING_REGION: ({ missed, when, where, what, rest }: CauseWords) =>
    `${missed} because ${where} failed ${when} (${what})${rest}`,
  WHY_ERROR_BURST: ({ missed, when, where, what, rest }: CauseWords) =>
    `${missed} because of a burst of failures ${when} (${what}), ${where}${rest}`,
  WHY_ONE_STATUS: ({ missed, where, what, rest }: CauseWords) =>
    `${missed} because of ${what}, ${where}, the whole time${rest}`,
  WHY_EVERYTHING_FAILS: ({ missed, where, what, rest }: CauseWords) =>
    `${missed}: ${where}, the whole time, for several reasons (${what})${rest}`,
  WHY_TOO_MUCH_LOAD: ({ missed, when, where, what, rest }: CauseWords) =>
    `${missed} because the load was too much ${when} (${what}), ${where}${rest}`,
  WHY_NOT_RECOVERED: ({ missed, when, where, what, rest }: CauseWords) =>
    `${missed} because ${where} stayed slow or failed ${when} (${what})${rest}`,
  WHY_LOAD_NOT_DELIVERED: ({ missed, when, what, rest }: CauseWords) =>
    `${missed} because k6 dropped iterations ${when} (${what})${rest}`,
  WHY_TOO_FEW_USERS: ({ missed, what, rest }: CauseWords) =>
    `${missed}: the users sent no more, the whole time (${what})${rest}`,
}

export type CauseCode = keyof typeof SENTENCES

/** All codes. */
export const CAUSE_CODES = Object.keys(SENTENCES) as CauseCode[]

/** The sentence of a code. */
export function causeText(code: CauseCode, words: CauseWords): string {
  return SENTENCES[code](words).replaceAll(/ +/g, ' ').replaceAll(' ,', ',')
}

/** What may be told beside a cause. */
const COINCIDENCES = {
  NO_IDLE_CPU: (some: number, of: number) => `no CPU was idle in ${some} of those ${of} s`,
  K6_WAITED: (some: number, of: number) => `k6 waited for a CPU in ${some} of those ${of} s`,
  GC: (some: number, of: number) => `k6 collected garbage in ${some} of those ${of} s`,
  K6_STALLED: (some: number, of: number) => `k6 itself stood still in ${some} of those ${of} s`,
  STANDSTILL: (some: number, of: number) => `no response arrived in ${some} of those ${of} s`,
  DROPPED: (some: number, of: number) => `k6 dropped iterations in ${some} of those ${of} s`,
}

export type CoincidenceCode = keyof typeof COINCIDENCES

/** What coincided, in so many of so many seconds. */
export function coincidence(code: CoincidenceCode, some: number, of: number): Coincidence {
  return { code, text: COINCIDENCES[code](some, of) }
}
