// Sends HTTP requests; only what follows redirects sends some, too.
import http, { type RefinedResponse } from 'k6/http'
import { type Endpoint, fillPath, type NamedUrl, type RequestParams } from './endpoint.ts'
import { logFirstErrors } from './first-errors.ts'
import { followRedirects } from './follow-redirects.ts'
import { REDIRECTS_TAG } from './plan.ts'

// Kept apart from their objects, which would be looked up for each request.
export const { now } = Date
const { stringify } = JSON
const { request, post, url: urlOf, expectedStatuses, setResponseCallback } = http

export type Answer = RefinedResponse<'text'>
type Url = Parameters<typeof post>[0]

/** What a request says besides its endpoint and its body. */
export interface RequestOptions {
  /** Values for the `:parameters` of the endpoint's path. */
  params?: Record<string, string>
  query?: Record<string, string | number>
  headers?: Record<string, string>
  tags?: Record<string, string>
  /**
   * How long to wait for the answer, as k6 writes it: `'90s'`, or milliseconds. k6 interrupts what lasts
   * beyond the workload's `gracefulStopSeconds`. @default that of the run
   */
  timeout?: string | number
}

/**
 * Sends one request, a body as JSON; the order is that of k6's http.request. Never throws for an answer,
 * not even for none (status 0).
 */
export type Send = (endpoint: Endpoint, body?: unknown, options?: RequestOptions) => Answer

/**
 * The JSON value of an answer's body; undefined when there is none or it is no JSON. Parsed by k6 in
 * Go: JSON.parse is written in the script's engine and takes five times as long.
 */
export const jsonOf = (answer: Answer): unknown => {
  try {
    return answer.json()
  } catch {
    return undefined
  }
}

/** What proves who the user is, as plain data: a call for each request would cost more than it says. */
export interface Authenticator {
  /** Added to each request; another object once they change. */
  headers: Record<string, string>
  /** Unix time from which `renew` is called before a request; 0 at first, where there is a log-in. */
  renewAtMs: number
  /**
   * Logs in or refreshes; also called when the API refused the headers (401). False when there is
   * nothing newer to try.
   *
   * @throws AuthError when the user could not be logged in
   */
  renew: () => boolean
}

/** A time that does not come. */
export const NEVER_MS = Infinity

/** For requests of nobody in particular. */
export const NOBODY: Authenticator = { headers: {}, renewAtMs: NEVER_MS, renew: () => false }

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
export const headersOf = ({ auth }: Session): Record<string, string> => {
  if (Date.now() > auth.renewAtMs) auth.renew()
  return auth.headers
}

/**
 * Sends requests; every one carries its endpoint as the `name` tag. With a `user` they are that
 * user's, whose headers are added to each; one that is answered 401 is repeated once with new headers,
 * and the first answer stays counted, as the API did refuse it. A request without an answer has failed
 * after `timeoutMs`, or k6's own 60 s.
 *
 * k6 only reads its parameters, so requests that say nothing of their own share an object, which the
 * endpoint keeps. What the last request was made of stays in variables, as users often repeat themselves:
 * with many in turn each object that is looked into is a cold one.
 */
export const createSend = (baseUrl: string, user?: Authenticator, timeoutMs?: number): Send => {
  // No default of a parameter: those have a scope of their own, one more on the way to each variable.
  const auth = user ?? NOBODY
  const isNobody = auth === NOBODY
  let isRepeating = false
  let last: Endpoint | undefined
  // Those of nobody are not another's: what an endpoint keeps is for one base URL, too.
  let headers = isNobody ? {} : auth.headers
  let isTyped = false
  let isPost = false
  let method = ''
  let url: string | NamedUrl = ''
  let params: RequestParams

  const prepare = (endpoint: Endpoint, body: unknown, options?: RequestOptions): void => {
    last = undefined
    if (!isNobody) headers = auth.headers
    isTyped = body !== undefined
    method = endpoint.method
    isPost = isTyped && method === 'POST'
    // A user's own headers stay the same object until its token changes.
    if (endpoint.keptFor !== headers) {
      endpoint.keptFor = headers
      endpoint.kept = endpoint.keptTyped = endpoint.keptUrl = undefined
    }
    const isFilled = endpoint.hasParameters || options?.query !== undefined
    url = isFilled
      ? baseUrl + fillPath(endpoint, options?.params, options?.query)
      : (endpoint.keptUrl ?? namedUrl(endpoint, baseUrl))
    const own = options?.headers ?? options?.tags ?? options?.timeout
    const kind = isTyped ? 'keptTyped' : 'kept'
    const kept = own ? undefined : endpoint[kind]
    // What was kept for a named URL does not say the name.
    if (kept && (!isFilled || kept.tags)) params = kept
    else {
      const type = isTyped ? { 'Content-Type': 'application/json' } : {}
      params = { headers: { ...type, ...headers, ...options?.headers } }
      if (isFilled || own) params.tags = { ...options?.tags, name: endpoint.name }
      setLimits(params, endpoint, options?.timeout ?? timeoutMs)
      if (!own) endpoint[kind] = params
    }
    if (!options) last = endpoint
  }

  const send = (endpoint: Endpoint, body?: unknown, options?: RequestOptions): Answer => {
    if (!isNobody && auth.renewAtMs !== NEVER_MS && now() > auth.renewAtMs) auth.renew()
    const isOther = endpoint !== last || options || isTyped === (body === undefined)
    if (isOther || (!isNobody && auth.headers !== headers)) prepare(endpoint, body, options)
    // The commonest with a function of its own, which has one argument less to hand over to Go.
    let answer = isPost
      ? post(url as Url, stringify(body), params)
      : request(method, url as Url, isTyped ? stringify(body) : null, params)
    if (endpoint.redirects)
      answer = followRedirects(answer, { endpoint, baseUrl, body, params, own: headers })
    const { status } = answer
    if (status < 300) return answer
    if (status < 400) noteRedirect(endpoint, answer)
    if (isNobody || status !== 401 || isRepeating || !auth.renew()) return answer
    isRepeating = true
    try {
      return send(endpoint, body, options)
    } finally {
      isRepeating = false
    }
  }
  return send
}

// A request that says so of itself overrules what expectNoRedirects() says of all.
const setLimits = (
  params: RequestParams,
  { name, redirects }: Endpoint,
  timeout: RequestOptions['timeout'],
): void => {
  if (timeout !== undefined) params.timeout = timeout
  if (redirects === undefined) return
  // k6 would follow them to any host.
  params.redirects = 0
  params.tags = { ...params.tags, name, [REDIRECTS_TAG]: String(redirects) }
  params.responseCallback = expectedStatuses({ min: 200, max: 399 })
}

/**
 * To be called in init code: a redirect is a failed request, unless the request says otherwise. With k6's
 * option `maxRedirects: 0` none is followed: it could lead to a host that nobody has allowed, and each hop
 * would be counted as a separate request.
 */
export const expectNoRedirects = (): void => {
  setResponseCallback(expectedStatuses({ min: 200, max: 300 }, { min: 304, max: 306 }))
}

// The validator's `status-307` does not say where the redirect led. The path on another host may hold a secret, so only
// the host is logged.
const noteRedirect = ({ name, redirects }: Endpoint, { headers }: Answer): void => {
  const location = headers['Location']
  if (location === undefined || redirects === 0) return
  const to = /^\/(?![\\/])/.test(location)
    ? location.replace(/[?#].*/s, '')
    : location.replace(/^((?:[a-z]+:)?[\\/]*)(?:[^/?#]*@)?([^\\/?#]*).*/is, '$1$2')
  logFirstErrors(`${name} answered with a redirect to ${to}, which was not followed`)
}

/**
 * The endpoint's URL as an object of k6, which neither parses it again for each request nor asks for a tag
 * that names it: 2 to 3 % of a request's CPU.
 */
const namedUrl = (endpoint: Endpoint, baseUrl: string): NamedUrl => {
  // A list would have k6 look for its iterator, which costs each virtual user 3 KB.
  const parts = { 0: baseUrl + endpoint.path, length: 1 } as unknown as TemplateStringsArray
  const url = urlOf(parts) as unknown as NamedUrl
  // As a template k6 would name it by the URL itself.
  url.name = endpoint.name
  endpoint.keptUrl = url
  return url
}
