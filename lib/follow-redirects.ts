// Follows redirects in place of k6, which would go wherever a server says.
import http, { type RequestBody, type ResponseType } from 'k6/http'
import { Trend } from 'k6/metrics'
import { type Endpoint, isExpectedStatus, isRedirect } from './endpoint.ts'
import { allowedTargets } from './env.ts'
import { logFirstErrors } from './first-errors.ts'
import { answersRejected } from './metrics.ts'
import { FOLLOWED_METRIC, HOP_TAG, REDIRECT_REFUSED } from './plan.ts'
import { type Hop, nextHop, timeLeft } from './redirect-hops.ts'
import type { Content } from './request-body.ts'
import { goodStatuses, type RequestParams } from './request-params.ts'
import type { Response } from './send.ts'

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

// k6 records each hop by itself. This is the request as its user sees it: as long as all of them.
const followedDuration = /* @__PURE__ */ new Trend(FOLLOWED_METRIC, true)

/**
 * The last response of a chain of redirects, which are followed by k6's rules. None leaves for an origin that is
 * neither the target's nor allowed: then the response has status 0 and the error `redirect-refused`, and counts
 * as rejected. Without a Location, or after as many as the endpoint allows, the redirect itself is the response.
 */
export const followRedirects = (first: AnyResponse, request: Followed): AnyResponse => {
  const { endpoint, content, params, own, redirects } = request
  const { headers, tags } = params
  const baseUrl = endpoint.origin ?? request.baseUrl
  const origins = { baseUrl, own: Object.keys(own), allowed: allowedTargets() }
  let hop: Hop = { method: endpoint.method, url: first.url, content, headers, withCookies: true }
  let response = first
  let spentMs = first.timings.duration
  let refused: string | undefined
  for (let hops = 1; hops <= redirects && asksForMore(response); hops++) {
    const next = nextHop(hop, response, origins)
    if ('refused' in next) {
      refused = next.refused
      break
    }
    hop = next
    response = sendHop(hop, request, { hops, spentMs })
    spentMs += response.timings.duration
  }
  response.timings.duration = spentMs
  recordChain(response, request)
  if (refused !== undefined) refuse(response, tags, refused)
  return response
}

const asksForMore = ({ status, headers }: AnyResponse): boolean =>
  isRedirect(status) && Boolean(headers['Location'])

const sendHop = (
  { method, url, content, headers, withCookies }: Hop,
  { endpoint, params, redirects }: Followed,
  { hops, spentMs }: { hops: number; spentMs: number },
): AnyResponse => {
  return http.request(method, url, content as RequestBody, {
    ...params,
    headers,
    cookies: (withCookies && params.cookies) || {},
    tags: { ...params.tags, [HOP_TAG]: String(hops) },
    timeout: timeLeft(params.timeout, spentMs),
    // A redirect that is one too many is a failure for k6, too.
    responseCallback: goodStatuses(endpoint, redirects - hops),
  })
}

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
