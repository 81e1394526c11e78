// Sends HTTP requests; only what follows redirects sends some, too.
import http, { type RefinedResponse } from 'k6/http'
import { type Endpoint, isExpectedStatus, urlOf } from './endpoint.ts'
import { logFirstErrors } from './first-errors.ts'
import { followRedirects } from './follow-redirects.ts'
import { asLogIn } from './log-in-tags.ts'
import { NO_REDIRECTS, requestParams } from './request-params.ts'

export type Response = RefinedResponse<'text'>

/** What a request says besides its endpoint and its body. */
export interface RequestOptions {
  /** Values for the `:parameters` of the endpoint's path. */
  params?: Record<string, string>
  query?: Record<string, string | number>
  headers?: Record<string, string>
  tags?: Record<string, string>
  /**
   * How long to wait for the response, as k6 writes it: `'90s'`, or milliseconds. k6 interrupts what lasts
   * beyond the workload's `gracefulStopSeconds`. @default that of the run
   */
  timeout?: string | number
}

/**
 * Sends one request, a body as JSON; the order is that of k6's http.request. Never throws for a response,
 * not even for none (status 0).
 */
export type Send = (endpoint: Endpoint, body?: unknown, options?: RequestOptions) => Response

/** The JSON value of a response's body; undefined when there is none or it is no JSON. */
export const jsonOf = (response: Response): unknown => {
  try {
    return response.json()
  } catch {
    return undefined
  }
}

/** What proves who the user is. */
export interface Authenticator {
  /** Added to each request. */
  headers: Record<string, string>
  /** Unix time from which `renew` is called before a request; 0 at first, where there is a log-in. */
  renewAtMs: number
  /**
   * Logs in or refreshes; also called when the API refused the headers (401). False when there is
   * nothing newer to try. Whatever it sends, no objective judges.
   *
   * @throws AuthError when the user could not be logged in
   */
  renew: () => boolean
}

/** For requests without a log-in. */
export const NOBODY: Authenticator = { headers: {}, renewAtMs: Infinity, renew: () => false }

/** One logged-in user of one VU. */
export interface Session {
  /** Number of the user, unique in the whole test, from 1. */
  user: number
  /** Base URL, for what is no HTTP request. */
  target: string
  auth: Authenticator
  send: Send
}

/** The user's own headers, for what is no HTTP request. @throws AuthError */
export const headersOf = ({ auth }: Pick<Session, 'auth'>): Record<string, string> => {
  if (Date.now() > auth.renewAtMs) asLogIn(auth.renew)
  return auth.headers
}

/**
 * Sends requests; every one carries its endpoint as the `name` tag. With a `user` they are that user's: it
 * is logged in when needed, and a request that is answered 401 is repeated once after another log-in; the first
 * response stays counted, as the API did refuse it. A request without a response has failed after `timeoutMs`, or
 * k6's own 60 s.
 */
export const createSend = (
  baseUrl: string,
  user: Authenticator = NOBODY,
  timeoutMs?: number,
): Send => {
  const sendOnce: Send = (endpoint, body, options = {}) => {
    const own = headersOf({ auth: user })
    const { method, redirects } = endpoint
    const params = requestParams(endpoint, { timeoutMs, own, hasBody: body !== undefined }, options)
    const content = body === undefined ? null : JSON.stringify(body)
    const response = http.request<'text'>(
      method,
      urlOf(endpoint, baseUrl, options),
      content,
      params,
    )
    if (redirects) return followRedirects(response, { endpoint, baseUrl, content, params, own })
    noteRedirect(endpoint, response)
    return response
  }

  return (endpoint, body, options) => {
    const response = sendOnce(endpoint, body, options)
    const isRefused = response.status === 401 && !isExpectedStatus(endpoint, 401)
    return isRefused && asLogIn(user.renew) ? sendOnce(endpoint, body, options) : response
  }
}

/**
 * To be called in init code: a redirect is a failed request, unless the request says otherwise. With k6's
 * option `maxRedirects: 0` none is followed: it could lead to a host that nobody has allowed, and each hop
 * would be counted as a separate request.
 */
export const expectNoRedirects = (): void => {
  http.setResponseCallback(http.expectedStatuses(...NO_REDIRECTS))
}

// The validator's `status-307` does not say where the redirect led. A path on another host may hold a secret, so
// only the host is logged.
const noteRedirect = ({ name, redirects }: Endpoint, { status, headers }: Response): void => {
  const location = headers['Location']
  if (status < 300 || status > 399 || location === undefined || redirects === 0) return
  const to = /^\/(?![\\/])/.test(location)
    ? location.replace(/[?#].*/s, '')
    : location.replace(/^((?:[a-z]+:)?[\\/]*)(?:[^/?#]*@)?([^\\/?#]*).*/is, '$1$2')
  logFirstErrors(`${name} answered with a redirect to ${to}, which was not followed`)
}
