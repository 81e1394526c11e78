import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { type Series, writeRequest } from './write-request.ts'

/** Where to write, and what proves who writes. */
export interface Receiver {
  /** With its path, e.g. http://127.0.0.1:9090/api/v1/write; without credentials. */
  url: string
  headers: Record<string, string>
  /** As K6_PROMETHEUS_RW_INSECURE_SKIP_TLS_VERIFY says. */
  acceptsAnyCertificate?: boolean
}

/** What became of a write. */
export type WriteResult =
  | { isAccepted: true }
  /** `status` of a refusal; without one there was no answer, and `reason` is the system's. */
  | { isAccepted: false; status?: number; reason: string }

/** Of a refusal's text; a proxy may answer with a whole page. */
const REASON_LENGTH_MAX = 300

/** Writes once, without a second attempt. Never throws. */
export function remoteWrite(
  { url, headers, acceptsAnyCertificate }: Receiver,
  series: readonly Series[],
  { timeoutMs, signal }: { timeoutMs: number; signal?: AbortSignal },
): Promise<WriteResult> {
  const body = writeRequest(series)
  const send = url.startsWith('https:') ? httpsRequest : httpRequest
  return new Promise((resolve) => {
    const fail = (reason: string): void => resolve({ isAccepted: false, reason })
    const request = send(url, {
      method: 'POST',
      ...(acceptsAnyCertificate && { rejectUnauthorized: false }),
      headers: {
        'Content-Type': 'application/x-protobuf',
        'Content-Encoding': 'snappy',
        'X-Prometheus-Remote-Write-Version': '0.1.0',
        'User-Agent': 'k6-verdict',
        ...headers,
        'Content-Length': body.length,
      },
    })
    // From the first byte to the last: a receiver that trickles must not hold the run up.
    const timer = setTimeout(
      () => request.destroy(new Error(`none within ${timeoutMs} ms`)),
      timeoutMs,
    )
    const giveUp = (): unknown => request.destroy(new Error('given up'))
    signal?.addEventListener('abort', giveUp)
    request.on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? error.message))
    request.on('close', () => {
      clearTimeout(timer)
      // One signal serves all pushes of a run.
      signal?.removeEventListener('abort', giveUp)
      fail('the connection was closed')
    })
    request.on('response', (response) => {
      const { statusCode: status = 0 } = response
      let text = ''
      response.setEncoding('utf8')
      response.on('error', () => undefined)
      response.on('data', (chunk: string) => {
        text = (text + chunk).slice(0, REASON_LENGTH_MAX)
      })
      response.on('end', () => {
        if (status >= 200 && status < 300) resolve({ isAccepted: true })
        else resolve({ isAccepted: false, status, reason: text.trim() })
      })
    })
    request.end(body)
  })
}
