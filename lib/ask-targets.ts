// A k6 script by itself: asks each target once, before a run, and logs who gave no answer (scripts/k6/ask-targets.ts).
import http, { type Response } from 'k6/http'

interface Question {
  urls: string[]
  /** Options of k6 that say how a target is reached. */
  network: object
  timeout: string
}

const { urls, network, timeout } = JSON.parse(__ENV['K6V_TARGETS'] ?? '{}') as Question

/** k6's `error_code` of a request that took too long. */
const TIMED_OUT = 1050

/** A service with HTTP/2 only, such as gRPC, can be reached, too: its first bytes are a SETTINGS frame. */
const HTTP2_ALONE = /malformed HTTP response "\\x00\\x00(\\x..|\\.|.)\\x04/

export const options = { ...network, vus: 1, iterations: 1 }

export default (): void => {
  const answers = ask('GET', urls)
  urls.forEach((url, index) => {
    const isLate = answers[index]?.error_code === TIMED_OUT
    // A body without an end is an answer, too: HEAD has none.
    const answer = isLate ? ask('HEAD', [url])[0] : answers[index]
    const isSilent = answer?.status === 0 && !HTTP2_ALONE.test(answer.error)
    const reason = isSilent ? answer.error : undefined
    console.log(JSON.stringify({ url, reason }))
  })
}

const ask = (method: string, some: string[]): Response[] => {
  const headers = { 'User-Agent': 'k6-verdict' }
  const params = { timeout, headers, redirects: 0, responseType: 'none' as const }
  return http.batch(some.map((url) => ({ method, url, body: null, params })))
}
