import { receiverOf } from '../prometheus/receiver.ts'
import { prometheusSilent, queryRefused } from './errors.ts'

/** A Prometheus to ask, with the credentials that runs write with. */
export interface PrometheusApi {
  /** Base URL, without a slash at its end. */
  url: string
  headers: Record<string, string>
}

/** A series as Prometheus answers it; times in seconds, values in its own notation. */
export interface RangeSeries {
  metric: Record<string, string>
  values?: [number, string][]
  histograms?: [number, NativeHistogram][]
}

/** Buckets: boundary rule, lower and upper bound, count. */
export interface NativeHistogram {
  count: string
  sum: string
  buckets?: [number, string, string, string][]
}

/** A span of points: first, last (seconds since 1970) and their distance. */
export interface Points {
  startSeconds: number
  endSeconds: number
  stepSeconds: number
}

/** Prometheus refuses more of one series in one answer. */
export const POINTS_MAX = 11_000

const TIMEOUT_MS = 60_000

/** The Prometheus at a URL, or `true`: the one that runs write to; its path to write to is cut off. */
export function prometheusApi(url: string | true, env: NodeJS.ProcessEnv): PrometheusApi {
  const receiver = receiverOf(url, env)
  const base = receiver.url.replace(/\/api\/v1\/write$/, '').replace(/\/$/, '')
  return { url: base, headers: receiver.headers }
}

/**
 * The series of a query, at every point of the span. Long spans are asked for in parts, on one grid.
 *
 * @throws ToolkitError when it does not answer, or refuses the query
 */
export async function queryRange(
  api: PrometheusApi,
  query: string,
  points: Points,
): Promise<RangeSeries[]> {
  const bySeries = new Map<string, RangeSeries>()
  for (const { startSeconds, endSeconds } of parts(points)) {
    const data = await get(api, '/api/v1/query_range', {
      query,
      start: String(startSeconds),
      end: String(endSeconds),
      step: String(points.stepSeconds),
    })
    for (const series of (data as { result: RangeSeries[] }).result) {
      const key = JSON.stringify(Object.entries(series.metric).sort())
      const known = bySeries.get(key)
      if (!known) bySeries.set(key, series)
      else bySeries.set(key, joined(known, series))
    }
  }
  return [...bySeries.values()]
}

/** The values of a label, sorted. */
export async function labelValues(api: PrometheusApi, label: string): Promise<string[]> {
  // Without a start, Prometheus may leave out what is long ago.
  const values = await get(api, `/api/v1/label/${label}/values`, { start: '0' })
  return (values as string[]).sort()
}

function joined(a: RangeSeries, b: RangeSeries): RangeSeries {
  return {
    metric: a.metric,
    values: [...(a.values ?? []), ...(b.values ?? [])],
    histograms: [...(a.histograms ?? []), ...(b.histograms ?? [])],
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

async function get(
  { url, headers }: PrometheusApi,
  path: string,
  parameters: Record<string, string>,
): Promise<unknown> {
  const body = new URLSearchParams(parameters)
  const isLabel = path.startsWith('/api/v1/label/')
  const request = {
    headers,
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
    // A query may be longer than a URL, and labels are only told by GET.
    ...(!isLabel && { method: 'POST', body }),
  } as const
  const address = `${url}${path}${isLabel ? `?${body.toString()}` : ''}`
  const response = await fetch(address, request).catch((cause: unknown) => {
    throw prometheusSilent(url, reasonOf(cause))
  })
  const text = await response.text().catch(() => '')
  const answer = parsed(text)
  if (response.ok && answer?.status === 'success') return answer.data
  const why = answer?.error ?? (text.trim().split('\n', 1)[0]?.slice(0, 200) || 'no Prometheus')
  throw queryRefused({ url, status: response.status, why, query: parameters['query'] })
}

function parsed(text: string): { status?: string; data?: unknown; error?: string } | undefined {
  try {
    return JSON.parse(text) as { status?: string; data?: unknown; error?: string }
  } catch {
    return undefined
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { code } = (error.cause ?? {}) as { code?: string }
  return code ?? error.message
}
