import type { RawHistogram } from '../indicators/from-series/histogram.ts'
import { prometheusSilent, queryRefused } from './errors.ts'
import { receiverOf } from './receiver.ts'

/** A series as Prometheus answers it; times in seconds, values in its own notation. */
export interface RawSeries {
  metric: Record<string, string>
  value?: [seconds: number, value: string]
  values?: [seconds: number, value: string][]
  histogram?: [seconds: number, histogram: RawHistogram]
  histograms?: [seconds: number, histogram: RawHistogram][]
}

/** A span of points: first, last (seconds since 1970) and their distance. */
export interface Points {
  startSeconds: number
  endSeconds: number
  stepSeconds: number
}

/**
 * Reads a Prometheus, or what speaks its HTTP API.
 *
 * @throws ToolkitError from each function when it does not answer, or refuses
 */
export interface PrometheusApi {
  /** Base URL, without credentials and without a slash at its end. */
  url: string
  /** The series of a query at one moment, by default now. */
  query: (expression: string, atSeconds?: number) => Promise<RawSeries[]>
  /** The series of a query at every point of the span. Long spans are asked for in parts, on one grid. */
  queryRange: (expression: string, points: Points) => Promise<RawSeries[]>
  /** The values of a label, sorted; of the series that match, or of all. */
  labelValues: (label: string, matching?: string) => Promise<string[]>
  /** `data` of any other path below /api/v1, such as `rules`. */
  get: (path: string, parameters?: Parameters) => Promise<unknown>
}

type Parameters = Record<string, string | number>

/** Prometheus refuses more of one series in one answer. */
export const POINTS_MAX = 11_000

const TIMEOUT_MS = 60_000

/**
 * The Prometheus at a URL, or `true`: the one that runs write to; its path to write to is cut off.
 *
 * @param env K6_PROMETHEUS_RW_… as for writing: who asks
 */
export function prometheusApi(url: string | true, env: NodeJS.ProcessEnv): PrometheusApi {
  const receiver = receiverOf(url, env)
  const base = receiver.url.replace(/(\/api\/v1\/(write|push))?\/*$/, '')
  const server = { url: base, headers: receiver.headers }
  const get = (path: string, parameters: Parameters = {}): Promise<unknown> =>
    dataOf(server, { path, parameters })
  // A query may be longer than a URL.
  const series = async (path: string, parameters: Parameters): Promise<RawSeries[]> => {
    const data = await dataOf(server, { path, parameters, method: 'POST' })
    return (data as { result: RawSeries[] }).result
  }
  return {
    url: base,
    get,
    query: (query, time) => series('query', { query, ...(time !== undefined && { time }) }),
    queryRange: async (query, points) => {
      const { stepSeconds: step } = points
      const found: RawSeries[] = []
      for (const { startSeconds: start, endSeconds: end } of parts(points)) {
        found.push(...(await series('query_range', { query, start, end, step })))
      }
      return joined(found)
    },
    labelValues: async (label, matching) => {
      // Without a start, Prometheus may leave out what is long ago.
      const parameters = { start: 0, ...(matching !== undefined && { 'match[]': matching }) }
      return ((await get(`label/${label}/values`, parameters)) as string[]).sort()
    },
  }
}

/** Consecutive spans, none with more points than one answer may have. */
export function parts({
  startSeconds,
  endSeconds,
  stepSeconds,
}: Points): Omit<Points, 'stepSeconds'>[] {
  // What is left of a step by floating point is not another point.
  const count = Math.floor((endSeconds - startSeconds) / stepSeconds + 1e-6) + 1
  const at = (index: number): number => Math.round((startSeconds + index * stepSeconds) * 1e3) / 1e3
  return Array.from({ length: Math.ceil(count / POINTS_MAX) }, (_, part) => ({
    startSeconds: at(part * POINTS_MAX),
    endSeconds: at(Math.min((part + 1) * POINTS_MAX, count) - 1),
  }))
}

/** One of each series, with the values of all parts. */
function joined(found: readonly RawSeries[]): RawSeries[] {
  const bySeries = new Map<string, RawSeries>()
  for (const { metric, values = [], histograms = [] } of found) {
    const key = JSON.stringify(Object.entries(metric).sort())
    const known = bySeries.get(key)
    bySeries.set(key, {
      metric,
      values: [...(known?.values ?? []), ...values],
      histograms: [...(known?.histograms ?? []), ...histograms],
    })
  }
  return [...bySeries.values()]
}

interface Request {
  path: string
  parameters: Parameters
  method?: 'POST'
}

async function dataOf(
  { url, headers }: { url: string; headers: Record<string, string> },
  { path, parameters, method }: Request,
): Promise<unknown> {
  const asText = Object.entries(parameters).map(([name, value]) => [name, String(value)])
  const body = new URLSearchParams(asText as [string, string][])
  const address = `${url}/api/v1/${path}`
  const response = await fetch(method ? address : `${address}?${body.toString()}`, {
    headers,
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
    ...(method && { method, body }),
  }).catch((cause: unknown) => {
    throw prometheusSilent(url, reasonOf(cause))
  })
  const text = await response.text().catch(() => '')
  const answer = parsed(text)
  if (response.ok && answer?.status === 'success') return answer.data
  const why = answer?.error ?? (text.trim().split('\n', 1)[0]?.slice(0, 200) || 'no Prometheus')
  throw queryRefused({ url, status: response.status, why, query: body.get('query') ?? undefined })
}

function parsed(text: string): { status?: string; data?: unknown; error?: string } | undefined {
  try {
    return JSON.parse(text) as { status?: string; data?: unknown; error?: string }
  } catch {
    return undefined
  }
}

// fetch hides what the system said one level deeper.
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { code } = (error.cause ?? {}) as { code?: string }
  return code ?? error.message
}
