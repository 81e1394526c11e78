/** A moment of a run, such as a second. Moments count from any origin, in whole numbers. */
export interface Moment {
  moment: number
  requests: number
  /** Of these, those that failed or took longer than nearly all before the disturbance. */
  slow: number
}

/** Moments, the end excluded. */
export interface MomentSpan {
  start: number
  end: number
}

export interface RecoveryInput {
  /** In any order; one that is missing had no requests. */
  moments: readonly Moment[]
  /** A quiet time before the disturbance; a minute of seconds is best. */
  baseline: MomentSpan
  /** From the end of the spike or the fault, as far as the run went. */
  recovery: MomentSpan
  /** Moments that a recovery has to last, at least. */
  leastWindow: number
}

/** What is normal for a target. */
export interface Usual {
  /** Share of the requests that were slow, 0 to 1. */
  share: number
  /** A share up to this is as before. */
  limit: number
  /** Length of the windows that are compared, in moments. */
  window: number
}

export type Recovery =
  /** So many moments after the disturbance ended. */
  | { outcome: 'RECOVERED'; after: number; usual: Usual }
  /** Not within so many moments. */
  | { outcome: 'NOT_RECOVERED'; observed: number; usual: Usual }
  /** Too few requests were served before to know what is usual. */
  | { outcome: 'NO_BASELINE'; served: number; needed: number }
  /** So many moments are too few for a recovery to last. */
  | { outcome: 'TOO_SHORT'; observed: number; needed: number }

/** Requests that a window has to hold: with fewer, chance makes a share. */
const WINDOW_REQUESTS = 100
/** Windows that a short baseline has room for, whatever they hold. */
const WINDOWS_IN_BASELINE = 2
const LEAST_SERVED = 20
/** By definition: slow is what takes longer than 95 % did. */
const USUAL_SHARE = 0.05
const LEAST_LIMIT = 0.08
const DEVIATIONS = 3
/** Expected requests of a silence that chance makes once in a million (Poisson). */
const SILENT_REQUESTS = 14

/**
 * How long a target took to be as it was before a disturbance: to the first moment from which on the share of
 * slow requests is as usual, in the next window and in all that is left of the time after the disturbance. So
 * a relapse is no recovery. Usual is the share in the baseline and three standard deviations of its windows,
 * but at least 8 %; a silence in which 14 requests were to be expected counts as that many slow ones.
 *
 * On simulated runs of 5 to 20 requests/s a target that stays 1.5 times as slow is found in 96 to 100 %
 * (`recovery.test.ts`).
 */
export function measureRecovery(input: RecoveryInput): Recovery {
  const { moments, baseline, recovery, leastWindow } = input
  const before = sumOf(moments, baseline)
  const served = before.requests - before.slow
  if (served < LEAST_SERVED) return { outcome: 'NO_BASELINE', served, needed: LEAST_SERVED }
  const perMoment = before.requests / (baseline.end - baseline.start)
  const window = Math.min(
    Math.max(leastWindow, Math.ceil(WINDOW_REQUESTS / perMoment)),
    Math.max(1, Math.floor((baseline.end - baseline.start) / WINDOWS_IN_BASELINE)),
  )
  const usual = usualOf(slowSeries(moments, baseline, perMoment), window)
  const after = slowSeries(moments, recovery, perMoment)
  if (after.length < window) {
    return { outcome: 'TOO_SHORT', observed: after.length, needed: window }
  }
  const recovered = firstUsual(after, usual)
  return recovered === undefined
    ? { outcome: 'NOT_RECOVERED', observed: after.length, usual }
    : { outcome: 'RECOVERED', after: recovered, usual }
}

type Counts = Pick<Moment, 'requests' | 'slow'>

function usualOf(series: readonly Counts[], window: number): Usual {
  const all = total(series)
  const share = all.slow / all.requests
  const shares = Array.from({ length: series.length - window + 1 }, (_, start) => {
    const { slow, requests } = total(series.slice(start, start + window))
    return requests === 0 ? share : slow / requests
  })
  const variance =
    shares.reduce((sum, each) => sum + (each - share) ** 2, 0) / Math.max(1, shares.length - 1)
  const chance = chanceVariance(share, (all.requests * window) / series.length, all.requests)
  const limit = share + DEVIATIONS * Math.sqrt(Math.max(variance, chance))
  return { share, limit: Math.max(LEAST_LIMIT, limit), window }
}

// In a baseline too short for windows of 100 requests, what few windows say of their variance is not enough:
// chance alone makes this of a window, and of the baseline that told what is slow (binomial).
function chanceVariance(share: number, perWindow: number, all: number): number {
  if (perWindow >= WINDOW_REQUESTS) return 0
  const likely = Math.max(share, USUAL_SHARE)
  return likely * (1 - likely) * (1 / perWindow + 1 / all)
}

function firstUsual(series: readonly Counts[], { limit, window }: Usual): number | undefined {
  const isUsual = (some: readonly Counts[]): boolean => {
    const { slow, requests } = total(some)
    return requests > 0 && slow <= limit * requests
  }
  for (let start = 0; start + window <= series.length; start++) {
    if (isUsual(series.slice(start, start + window)) && isUsual(series.slice(start))) return start
  }
  return undefined
}

/** Each moment of a span, with the requests that a silence lacks. */
function slowSeries(
  moments: readonly Moment[],
  { start, end }: MomentSpan,
  perMoment: number,
): Counts[] {
  const series: Counts[] = Array.from({ length: end - start }, () => ({ requests: 0, slow: 0 }))
  for (const { moment, requests, slow } of moments) {
    if (moment >= start && moment < end) series[moment - start] = { requests, slow }
  }
  let silent = 0
  for (let place = 0; place <= series.length; place++) {
    if (series[place]?.requests === 0) {
      silent++
      continue
    }
    const isSilence = silent * perMoment >= SILENT_REQUESTS
    if (isSilence) series.fill({ requests: perMoment, slow: perMoment }, place - silent, place)
    silent = 0
  }
  return series
}

function sumOf(moments: readonly Moment[], { start, end }: MomentSpan): Counts {
  return total(moments.filter(({ moment }) => moment >= start && moment < end))
}

function total(some: readonly Counts[]): Counts {
  return some.reduce(
    (sum, { requests, slow }) => ({ requests: sum.requests + requests, slow: sum.slow + slow }),
    { requests: 0, slow: 0 },
  )
}
