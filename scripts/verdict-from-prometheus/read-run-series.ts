import { nearest } from '../core/nearest.ts'
import { histogramsMissing, runNotInPrometheus } from './errors.ts'
import { type Histogram, readHistogram } from '../indicators/from-series/histogram.ts'
import type { PrometheusApi, RawSeries } from '../prometheus/prometheus-api.ts'
import type {
  GeneratorMoment,
  Labels,
  LastHistogram,
  LastValue,
  Process,
  RunInPrometheus,
} from '../indicators/from-series/run-series.ts'

/** When to look, in seconds since 1970. */
export interface Lookout {
  fromSeconds: number
  toSeconds: number
}

/** Further back than a server usually keeps. */
const LONGEST_SECONDS = 30 * 86_400

/** Time for what is written last. */
const SLACK_SECONDS = 300

/** Without anything known of the run. */
export function lookoutOf(nowMs: number): Lookout {
  const toSeconds = nowMs / 1_000 + SLACK_SECONDS
  return { fromSeconds: toSeconds - LONGEST_SECONDS, toSeconds }
}

/** @throws ToolkitError when no k6 has written anything with this testid */
export async function requireRun(
  api: PrometheusApi,
  testid: string,
  lookout: Lookout,
): Promise<void> {
  const selector = `k6_iterations_total{testid=${JSON.stringify(testid)}}${rangeOf(lookout)}`
  const found = await api.query(`count(last_over_time(${selector}))`, lookout.toSeconds)
  if (found.length === 0) throw await noRun(api, testid)
}

function rangeOf({ fromSeconds, toSeconds }: Lookout): string {
  return `[${Math.ceil(toSeconds - fromSeconds)}s]`
}

/**
 * Reads the last value of every series of a run. k6's values count from its start, so the last one of a
 * series is all of it; `increase()` would miss what came with its first push.
 *
 * @param trends histograms to read, without `k6_` and with their unit: `http_req_duration_seconds`
 * @throws ToolkitError when there is no such run, or it has no native histograms
 */
export async function readRunSeries(
  api: PrometheusApi,
  { testid, lookout, trends }: { testid: string; lookout: Lookout; trends: readonly string[] },
): Promise<RunInPrometheus> {
  const isRun = `testid=${JSON.stringify(testid)}`
  const { toSeconds } = lookout
  const range = rangeOf(lookout)
  const users = await api.query(`k6_vus{${isRun}}${range}`, toSeconds)
  const iterations = await api.query(`k6_iterations_total{${isRun}}${range}`, toSeconds)
  const processes = processesOf(users, iterations)
  if (processes.length === 0) throw await noRun(api, testid)

  const firstSeconds = Math.min(...processes.map((each) => each.users[0]?.[0] ?? Infinity))
  const lastSeconds = Math.max(...processes.map((each) => each.users.at(-1)?.[0] ?? 0))
  const floats = `__name__=~"k6_.+_(total|rate)|k6_vus_max|k6_verdict_.+"`
  const last = await api.query(`last_over_time({${isRun},${floats}}${range})`, toSeconds)
  const histograms = new Map<string, LastHistogram[]>()
  for (const trend of trends) {
    const found = await lastHistograms(api, { metric: `k6_${trend}`, isRun, processes })
    if (found.length > 0) histograms.set(trend, found)
  }
  if (histograms.size === 0) await requireNoStatistics(api, { isRun, testid, lookout })
  const ratios = `{${isRun},__name__=~"k6_verdict_(generator|others)_cpu_ratio"}${range}`
  const generator = generatorMoments(await api.query(ratios, toSeconds))
  const values = byMetric(last)
  return {
    url: api.url,
    testid,
    processes,
    firstSeconds,
    lastSeconds,
    values,
    generator,
    histograms,
  }
}

// k6 looks at its users once a second: a run that is shorter has none to show, and is of a single k6.
function processesOf(users: readonly RawSeries[], iterations: readonly RawSeries[]): Process[] {
  const processes = users.map(processOf).filter((each) => each.users.length > 0)
  if (processes.length > 0) return processes
  const pushes = iterations.flatMap(({ values = [] }) => values.map(([seconds]) => seconds))
  const times = pushes.sort((a, b) => a - b).map((seconds) => [seconds, 0] as const)
  return times.length === 0 ? [] : [{ labels: {}, users: times }]
}

function processOf({ metric, values = [] }: RawSeries): Process {
  const labels = Object.fromEntries(Object.entries(metric).filter(([name]) => name !== '__name__'))
  return { labels, users: values.map(([seconds, text]) => [seconds, Number(text)] as const) }
}

function byMetric(series: readonly RawSeries[]): Map<string, LastValue[]> {
  const values = new Map<string, LastValue[]>()
  for (const { metric, value } of series) {
    const { __name__: name = '', ...labels } = metric
    if (!value) continue
    const known = values.get(name) ?? []
    values.set(name, [...known, { labels, value: Number(value[1]) }])
  }
  return values
}

function generatorMoments(series: readonly RawSeries[]): GeneratorMoment[] {
  const of = (part: string): Map<number, number> => {
    const found = series.find(({ metric }) => metric['__name__']?.includes(part))
    return new Map(found?.values?.map(([seconds, text]) => [seconds, Number(text)]))
  }
  const others = of('others')
  return [...of('generator')].map(([seconds, k6]) => {
    return { seconds, k6, others: others.get(seconds) ?? 0 }
  })
}

/** Below the five minutes for which Prometheus shows a last value. */
const STEP_SECONDS = 240

/** The last pushes: a series and its stale marker are milliseconds apart, so all of them are read. */
const END_SECONDS = 15

interface HistogramsInput {
  metric: string
  isRun: string
  processes: readonly Process[]
}

// Prometheus 2 has no last_over_time() of histograms. A series that ended long before its k6 is seen at one
// of the steps; one that lived to the end, in the last seconds.
async function lastHistograms(
  api: PrometheusApi,
  { metric, isRun, processes }: HistogramsInput,
): Promise<LastHistogram[]> {
  const all: LastHistogram[] = []
  for (const { labels, users } of processes) {
    const first = users[0]?.[0] ?? 0
    const last = users.at(-1)?.[0] ?? 0
    const selector = `${metric}{${[isRun, ...own(labels)].join(',')}}`
    const steps = Math.ceil((last - first) / STEP_SECONDS)
    const startSeconds = last - steps * STEP_SECONDS
    const range = { startSeconds, endSeconds: last, stepSeconds: STEP_SECONDS }
    const seen = await api.queryRange(selector, range)
    const ended = await api.query(`${selector}[${2 * END_SECONDS}s]`, last + END_SECONDS)
    const newest = new Map<string, LastHistogram>()
    for (const series of [...seen, ...ended]) {
      const histogram = lastOf(series)
      if (histogram) newest.set(JSON.stringify(series.metric), { labels: series.metric, histogram })
    }
    all.push(...newest.values())
  }
  return all
}

// What all series of one k6 have, and no other's: its tags of the run.
function own(labels: Labels): string[] {
  return Object.entries(labels)
    .filter(([name]) => name !== 'testid')
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
}

function lastOf({ histograms = [] }: RawSeries): Histogram | undefined {
  const last = histograms.at(-1)
  return last && readHistogram(last[1])
}

async function requireNoStatistics(
  api: PrometheusApi,
  { isRun, testid, lookout }: { isRun: string; testid: string; lookout: Lookout },
): Promise<void> {
  const range = rangeOf(lookout)
  const statistics = `{${isRun},__name__=~"k6_http_req_duration_(p[0-9]+|avg|max|count)"}`
  const found = await api.query(`count(last_over_time(${statistics}${range}))`, lookout.toSeconds)
  if (found.length > 0) throw histogramsMissing(testid)
}

async function noRun(api: PrometheusApi, testid: string): Promise<Error> {
  const known = await api.labelValues('testid', 'k6_iterations_total').catch(() => [])
  return runNotInPrometheus({ url: api.url, testid }, nearest(testid, known))
}
