// Follows redirects in place of k6, which would go wherever a server says.
import http, { type RequestBody, type ResponseType } from 'k6/http'
import { Trend } from 'k6/metrics'
import { type Address, addressOf, isAllowed, isRedirect, resolveLocation } from './address.ts'
import { parseDuration } from './duration.ts'
import { type Endpoint, isExpectedStatus } from './endpoint.ts'
import { allowedTargets } from './env.ts'
import { logFirstErrors } from './first-errors.ts'
import { answersRejected } from './metrics.ts'
import { FOLLOWED_METRIC, HOP_TAG, REDIRECT_REFUSED } from './plan.ts'
import { goodStatuses, type RequestParams } from './request-params.ts'
import type { Content } from './request-body.ts'
import type { Response } from './session.ts'

type AnyResponse = Response<ResponseType>

/** A request that was answered, and what is needed for the next one. */
export interface Followed {
  endpoint: Endpoint
  baseUrl: string
  /** The encoded body. */
  content: Content
  params: RequestParams
  /** Headers that prove who the user is: they stay with the target's origin. */
  own: Record<string, string>
  /** How many are followed. */
  redirects: number
}

interface Hop {
  method: string
  content: Content
  headers: Record<string, string>
  /** Of the request, not of the VU's jar, which knows whose they are. */
  cookies: RequestParams['cookies']
}

// k6 records each hop by itself. This is the request as its user sees it: as long as all of them.
const followedDuration = /* @__PURE__ */ new Trend(FOLLOWED_METRIC, true)

/**
 * The last response of a chain of redirects, which are followed by k6's rules. None leaves for an origin that is
 * neither the target's nor allowed: then the response has status 0 and the error `redirect-refused`, and counts
 * as rejected. Without a Location, or after as many as the endpoint allows, the redirect itself is the response.
 */
export const followRedirects = (first: AnyResponse, request: Followed): AnyResponse => {
  const { endpoint, content, params, redirects } = request
  let response = first
  let spentMs = first.timings.duration
  const { headers, cookies } = params
  let hop: Hop = { method: endpoint.method, content, headers, cookies }
  let refused: string | undefined
  for (let hops = 1; hops <= redirects && isRedirect(response.status); hops++) {
    if (!response.headers['Location']) break
    const to = nextAddress(response, request)
    if (!to) {
      refused = originOf(response)
      break
    }
    hop = hopAfter(hop, response.status, { to, ...request })
    response = http.request(
      hop.method,
      to.url,
      hop.content as RequestBody,
      hopParams(hop, request, { hops, spentMs }),
    )
    spentMs += response.timings.duration
  }
  response.timings.duration = spentMs
  recordChain(response, request)
  if (refused !== undefined) refuse(response, params.tags, refused)
  return response
}

// Where the redirect leads; undefined where that is not allowed.
const nextAddress = (response: AnyResponse, { baseUrl }: Followed): Address | undefined => {
  const base = addressOf(baseUrl)
  const to = resolveLocation(response.headers['Location'] ?? '', response.url)
  return to && base && isAllowed(to, [base.origin, ...allowedTargets()]) ? to : undefined
}

const originOf = ({ headers, url }: AnyResponse): string => {
  const to = resolveLocation(headers['Location'] ?? '', url)
  return to?.origin ?? 'what is no plain http:// or https:// URL'
}

// As Go's client: 307 and 308 repeat the request, the others ask for what is there.
const hopAfter = (
  { method, content, headers, cookies }: Hop,
  status: number,
  { to, baseUrl, own }: Pick<Followed, 'baseUrl' | 'own'> & { to: Address },
): Hop => {
  const kept =
    to.origin === addressOf(baseUrl)?.origin
      ? { headers, cookies }
      : { headers: without(headers, [...Object.keys(own), ...SECRETS]), cookies: undefined }
  if (status >= 307) return { method, content, ...kept }
  const asking = method === 'HEAD' ? 'HEAD' : 'GET'
  return {
    ...kept,
    method: asking,
    content: null,
    headers: without(kept.headers, ['Content-Type']),
  }
}

const SECRETS = ['Authorization', 'Cookie']

const without = (headers: Hop['headers'], names: readonly string[]): Hop['headers'] => {
  const left = names.map((name) => name.toLowerCase())
  const kept = Object.entries(headers).filter(([name]) => !left.includes(name.toLowerCase()))
  return Object.fromEntries(kept)
}

const hopParams = (
  { headers, cookies }: Hop,
  { endpoint, params, redirects }: Followed,
  { hops, spentMs }: { hops: number; spentMs: number },
): RequestParams => {
  return {
    ...params,
    headers,
    cookies: cookies ?? {},
    tags: { ...params.tags, [HOP_TAG]: String(hops) },
    timeout: timeLeft(params.timeout, spentMs),
    // A redirect that is one too many is a failure for k6, too.
    responseCallback: goodStatuses(endpoint, redirects - hops),
  }
}

// The time-out is that of the whole chain.
const timeLeft = (timeout: string | number = K6_TIMEOUT_MS, spentMs: number): number => {
  const wholeMs = typeof timeout === 'string' ? parseDuration(timeout) * 1_000 : timeout
  return Math.max(1, wholeMs - spentMs)
}

const K6_TIMEOUT_MS = 60_000

const recordChain = (
  { status, error_code, timings }: AnyResponse,
  { endpoint, params }: Followed,
): void => {
  followedDuration.add(timings.duration, {
    ...params.tags,
    status: String(status),
    expected_response: String(isExpectedStatus(endpoint, status)),
    ...(error_code > 0 && { error_code: String(error_code) }),
  })
}

const refuse = (response: AnyResponse, tags: RequestParams['tags'], where: string): void => {
  answersRejected.add(1, { ...tags, reason: REDIRECT_REFUSED })
  logFirstErrors(
    `${tags['name'] ?? ''} was redirected to ${where}, which nobody has allowed: not followed`,
  )
  // For whoever looks at it there is no response, and whatever the redirect brought is none.
  response.status = 0
  response.error = REDIRECT_REFUSED
  ;(response as { body: null }).body = null
}
