import type { RawHistogram } from '../../indicators/from-series/histogram.ts'
import { receiverOf } from '../../prometheus/receiver.ts'
import { prometheusUnreadable } from './errors.ts'

/** A series of a query; what Prometheus gives as text is still text. */
export interface RawSeries {
  metric: Record<string, string>
  value?: [seconds: number, value: string]
  values?: [seconds: number, value: string][]
  histogram?: [seconds: number, histogram: RawHistogram]
  histograms?: [seconds: number, histogram: RawHistogram][]
}

/** Reads a Prometheus, or what speaks its HTTP API. */
export interface PrometheusApi {
  /** Without credentials. */
  url: string
  query(expression: string, atSeconds?: number): Promise<RawSeries[]>
  queryRange(
    expression: string,
    range: { startSeconds: number; endSeconds: number; stepSeconds: number },
  ): Promise<RawSeries[]>
  labelValues(label: string, matching: string): Promise<string[]>
}

const TIMEOUT_MS = 30_000

/**
 * @param url base of the server, with its path if it has one; the one for writing is understood too
 * @param env K6_PROMETHEUS_RW_… as for writing: who asks
 */
export function prometheusApi(url: string, env: NodeJS.ProcessEnv): PrometheusApi {
  const { url: writeUrl, headers } = receiverOf(url, env)
  const base = writeUrl.replace(/(\/api\/v1\/(write|push))?\/*$/, '')
  const get = (path: string, parameters: Record<string, string | number>): Promise<unknown> =>
    getData(base, { path, parameters, headers })
  const series = async (path: string, parameters: Record<string, string | number>) => {
    return (await get(path, parameters)) as { result: RawSeries[] }
  }
  return {
    url: base,
    query: async (query, time) => {
      return (await series('query', { query, ...(time !== undefined && { time }) })).result
    },
    queryRange: async (query, { startSeconds: start, endSeconds: end, stepSeconds: step }) => {
      return (await series('query_range', { query, start, end, step })).result
    },
    labelValues: async (label, matching) => {
      return (await get(`label/${label}/values`, { 'match[]': matching })) as string[]
    },
  }
}

interface Request {
  path: string
  parameters: Record<string, string | number>
  headers: Record<string, string>
}

async function getData(base: string, { path, parameters, headers }: Request): Promise<unknown> {
  const asText = Object.entries(parameters).map(([name, value]) => [name, String(value)])
  const query = new URLSearchParams(asText as [string, string][]).toString()
  const answer = await ask(`${base}/api/v1/${path}?${query}`, headers).catch((error: unknown) => {
    throw prometheusUnreadable(base, reasonOf(error))
  })
  if (answer.data === undefined) throw prometheusUnreadable(base, answer.reason)
  return answer.data
}

async function ask(url: string, headers: Record<string, string>) {
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(TIMEOUT_MS) })
  const text = await response.text()
  const { data, error = '' } = parsed(text)
  return { data, reason: error === '' ? `status ${response.status}` : error }
}

function parsed(text: string): { data?: unknown; error?: string } {
  try {
    return JSON.parse(text) as { data?: unknown; error?: string }
  } catch {
    return { error: 'what came is no JSON' }
  }
}

// fetch hides what the system said one level deeper.
function reasonOf(error: unknown): string {
  const { cause } = error as { cause?: { code?: string } }
  if (cause?.code !== undefined) return cause.code
  return error instanceof Error ? error.message : String(error)
}
