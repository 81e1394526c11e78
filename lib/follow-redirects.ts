// Follows redirects in place of k6, which would go wherever a server says.
import http from 'k6/http'
import { Trend } from 'k6/metrics'
import { addressOf, isAllowed, resolveLocation } from './address.ts'
import { parseDuration } from './duration.ts'
import type { Endpoint, RequestParams } from './endpoint.ts'
import { allowedTargets } from './env.ts'
import { logFirstErrors } from './first-errors.ts'
import { answersRejected } from './metrics.ts'
import { FOLLOWED_METRIC, REDIRECT_REFUSED } from './plan.ts'
import type { Answer } from './session.ts'

/** A request that was answered, and what is needed for the next one. */
export interface Followed {
  endpoint: Endpoint
  baseUrl: string
  body: unknown
  params: RequestParams
  /** Headers that prove who the user is: they stay with the target's origin. */
  own: Record<string, string>
}

// k6 records each hop by itself. This is the request as its user sees it: as long as all of them.
const followedDuration = /* @__PURE__ */ new Trend(FOLLOWED_METRIC, true)

/**
 * The last answer of a chain of redirects, which are followed by k6's rules. None leaves for an origin that is
 * neither the target's nor allowed: then the answer has status 0 and the error `redirect-refused`, and counts
 * as rejected. Without a Location, or after as many as the endpoint allows, the redirect itself is the answer.
 */
export const followRedirects = (first: Answer, request: Followed): Answer => {
  const { endpoint, body, params, own } = request
  const { redirects = 0 } = endpoint
  let answer = first
  let spentMs = first.timings.duration
  let hop: Hop = {
    method: endpoint.method,
    body: body === undefined ? null : JSON.stringify(body),
    headers: params.headers,
  }
  let refused: string | undefined
  for (let hops = 1; hops <= redirects && isRedirect(answer.status); hops++) {
    const location = answer.headers['Location']
    if (!location) break
    const base = addressOf(request.baseUrl)
    const to = resolveLocation(location, answer.url)
    if (!to || !base || !isAllowed(to, [base.origin, ...allowedTargets()])) {
      refused = to?.origin ?? 'what is no plain http:// or https:// URL'
      break
    }
    hop = hopAfter(hop, answer.status)
    if (to.origin !== base.origin)
      hop.headers = without(hop.headers, Object.keys(own).concat(SECRETS))
    const sent = { ...params, headers: hop.headers, timeout: timeLeft(params.timeout, spentMs) }
    // A redirect that is one too many is a failure for k6, too.
    if (hops === redirects) Reflect.deleteProperty(sent, 'responseCallback')
    answer = http.request<'text'>(hop.method, to.url, hop.body, sent)
    spentMs += answer.timings.duration
  }
  const { status, error_code } = answer
  const isGood = status >= 200 && status < 400 && !isRedirect(status)
  followedDuration.add(spentMs, {
    ...params.tags,
    status: String(status),
    expected_response: String(isGood),
    ...(error_code > 0 && { error_code: String(error_code) }),
  })
  answer.timings.duration = spentMs
  if (refused !== undefined) refuse(answer, params.tags, refused)
  return answer
}

interface Hop {
  method: string
  body: string | null
  headers: Record<string, string>
}

const isRedirect = (status: number): boolean => {
  return status === 307 || status === 308 || (status >= 301 && status <= 303)
}

// As Go's client: 307 and 308 repeat the request, the others ask for what is there.
const hopAfter = ({ method, body, headers }: Hop, status: number): Hop => {
  if (status >= 307) return { method, body, headers }
  const asking = method === 'HEAD' ? 'HEAD' : 'GET'
  return { method: asking, body: null, headers: without(headers, ['Content-Type']) }
}

const SECRETS = ['Authorization', 'Cookie']

const without = (headers: Hop['headers'], names: readonly string[]): Hop['headers'] => {
  const left = names.map((name) => name.toLowerCase())
  const kept = Object.entries(headers).filter(([name]) => !left.includes(name.toLowerCase()))
  return Object.fromEntries(kept)
}

// The time-out is that of the whole chain.
const timeLeft = (timeout: string | number = K6_TIMEOUT_MS, spentMs: number): number => {
  const wholeMs = typeof timeout === 'string' ? parseDuration(timeout) * 1_000 : timeout
  return Math.max(1, wholeMs - spentMs)
}

const K6_TIMEOUT_MS = 60_000

const refuse = (answer: Answer, tags: RequestParams['tags'], where: string): void => {
  const name = tags?.['name'] ?? ''
  answersRejected.add(1, { ...tags, reason: REDIRECT_REFUSED })
  logFirstErrors(`${name} was redirected to ${where}, which nobody has allowed: not followed`)
  // For whoever looks at it there is no answer, and whatever the redirect brought is none.
  answer.status = 0
  answer.error = REDIRECT_REFUSED
  ;(answer as { body: string | null }).body = null
}
