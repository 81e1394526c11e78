import type { Points, PrometheusApi } from '../prometheus/prometheus-api.ts'
import { nearest } from '../core/nearest.ts'
import { spanUnknown, unknownTestid } from './errors.ts'

/** When a run was, by what it pushed; seconds since 1970. */
export interface RunSpan {
  startSeconds: number
  endSeconds: number
}

// A handful of series that every run has from its first push to its verdict.
const TELLING = '__name__=~"k6_vus|k6_verdict_run_.*"'

const HOUR_SECONDS = 3_600

/** As many hours as one answer may have points: more than a year. */
const LOOK_BACK_HOURS = 10_000

const FINE_SECONDS = 5

/** One answer is enough: a testid that came back after weeks gets a coarser span. */
const FINE_POINTS = 10_000

/**
 * When the samples of a run were pushed, to within 5 s.
 *
 * @throws ToolkitError when it has no series that tell
 */
export async function runSpan(
  api: PrometheusApi,
  testid: string,
  nowSeconds = Date.now() / 1_000,
): Promise<RunSpan> {
  const hours = await seenAt(api, testid, {
    startSeconds: nowSeconds - LOOK_BACK_HOURS * HOUR_SECONDS,
    endSeconds: nowSeconds + HOUR_SECONDS,
    stepSeconds: HOUR_SECONDS,
  })
  if (!hours) throw spanUnknown(testid)
  const startSeconds = hours.startSeconds - HOUR_SECONDS
  const { endSeconds: endHour } = hours
  const fewest = Math.ceil((endHour - startSeconds) / FINE_POINTS)
  const stepSeconds = Math.max(FINE_SECONDS, fewest)
  const seen = await seenAt(api, testid, { startSeconds, endSeconds: endHour, stepSeconds })
  if (!seen) throw spanUnknown(testid)
  const endSeconds = Math.min(seen.endSeconds, Math.max(nowSeconds, seen.startSeconds))
  return { startSeconds: seen.startSeconds - stepSeconds, endSeconds }
}

/** The first and the last point with a sample in the step before it. */
async function seenAt(
  api: PrometheusApi,
  testid: string,
  points: Points,
): Promise<RunSpan | undefined> {
  const matcher = `{${TELLING}, testid=${JSON.stringify(testid)}}`
  // last_over_time sees only what is inside of its window, and not what was five minutes ago.
  const query = `count(last_over_time(${matcher}[${points.stepSeconds}s]))`
  const [series] = await api.queryRange(query, points)
  const times = (series?.values ?? []).map(([seconds]) => seconds)
  const [first] = times
  const last = times.at(-1)
  return first === undefined || last === undefined
    ? undefined
    : { startSeconds: first, endSeconds: last }
}

/** @throws ToolkitError when no run has that testid, with the ones that there are */
export async function requireTestid(api: PrometheusApi, testid: string): Promise<void> {
  const known = await api.labelValues('testid')
  if (!known.includes(testid)) throw unknownTestid(testid, known, nearest(testid, known))
}
