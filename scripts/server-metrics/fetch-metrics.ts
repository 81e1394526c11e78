import { Agent as HttpAgent, get as httpGet, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, get as httpsGet } from 'node:https'
import { printable } from '../core/printable.ts'

/** More is no page of metrics, and would only cost time and memory. */
const BYTES_MAX = 5_000_000

/** An answer that takes longer says nothing of its moment. */
const TIMEOUT_MS = 3_000

/** What a server has answered, or why there is no answer. */
export type Fetched = { text: string } | { error: string }

export interface MetricsRequest {
  url: string
  /** Value of the header, where the server asks for one. */
  authorization?: string | undefined
  /** Do not check its certificate. */
  insecure?: boolean | undefined
  signal: AbortSignal
}

/** One connection for each server, kept from scrape to scrape. */
export function metricsFetcher(request: MetricsRequest): () => Promise<Fetched> {
  const { url, authorization, insecure = false, signal } = request
  const isSecure = url.startsWith('https:')
  const options = {
    agent: isSecure
      ? new HttpsAgent({ keepAlive: true, maxSockets: 1 })
      : new HttpAgent({ keepAlive: true, maxSockets: 1 }),
    headers: {
      accept: 'text/plain;version=0.0.4, application/openmetrics-text;version=1.0.0;q=0.5',
      'accept-encoding': 'identity',
      ...(authorization !== undefined && { authorization }),
    },
    ...(isSecure && { rejectUnauthorized: !insecure }),
  }
  signal.addEventListener('abort', () => options.agent.destroy(), { once: true })
  const get = isSecure ? httpsGet : httpGet
  return () =>
    new Promise<Fetched>((resolve) => {
      const request = get(url, options, (answer) => void read(answer).then(done, fail))
      let isLate = false
      const timer = setTimeout(() => {
        isLate = true
        request.destroy()
      }, TIMEOUT_MS)
      function done(fetched: Fetched): void {
        clearTimeout(timer)
        resolve(fetched)
      }
      function fail(error: Error): void {
        done({ error: isLate ? LATE : codeOf(error) })
      }
      request.on('error', fail)
    }).catch((error: unknown) => ({ error: codeOf(error as Error) }))
}

const LATE = `no whole answer within ${TIMEOUT_MS / 1_000} s`

async function read(answer: IncomingMessage): Promise<Fetched> {
  const { statusCode = 0 } = answer
  if (statusCode !== 200) {
    answer.destroy()
    const isRedirect = statusCode >= 300 && statusCode < 400
    return { error: `status ${statusCode}${isRedirect ? ', and redirects are not followed' : ''}` }
  }
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > BYTES_MAX) {
      answer.destroy()
      return { error: `more than ${BYTES_MAX / 1e6} MB` }
    }
    chunks.push(chunk)
  }
  return { text: Buffer.concat(chunks).toString('utf8') }
}

// Never the message: it may repeat a header.
function codeOf(error: Error): string {
  const { code = error.name } = error as NodeJS.ErrnoException
  if (code === 'ERR_INVALID_CHAR') return 'SERVER_METRICS_AUTHORIZATION is no value of a header'
  return printable(code)
}
