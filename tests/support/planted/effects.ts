// Pure. What a planted cause does to a simulated run.
import type { GeneratorSecond } from '../../../scripts/generator/generator-second.ts'

/** A named kind of request. */
export interface Endpoint {
  name: string
  /** Of the requests. */
  share: number
  medianMs: number
}

/** A moment of a request, as effects see it; times are seconds since the load began. */
export interface Moment {
  at: number
  name: string
  region: string
  random: () => number
}

/** What a planted cause does; each part may be missing. */
export interface Effects {
  /** Times the usual latency. */
  factor?: (moment: Moment) => number
  /** On top of it, milliseconds. */
  addMs?: (moment: Moment) => number
  /** No answer is sent in these seconds. */
  stalls?: readonly [from: number, to: number][]
  /** k6 does nothing in these seconds. */
  k6Stalls?: readonly [from: number, to: number][]
  fail?: (moment: Moment) => { status: number; errorCode: number; ms?: number } | undefined
  /** Requests that the target works on at once. */
  slots?: number
  /** Milliseconds of the answer's body, on top of the latency. */
  receivingMs?: (moment: Moment) => number
  /** Before the request is sent, milliseconds. */
  blockedMs?: (moment: Moment) => number
  /** Part of `blockedMs` that is connecting. */
  connectingShare?: number
  generator?: (second: number) => Partial<GeneratorSecond>
}
