// The only file that sends HTTP requests.
import http, { type RefinedResponse } from 'k6/http'
import { type Endpoint, fillPath, type RequestParams } from './endpoint.ts'

// Kept apart from their objects, which would be looked up for each request.
export const { now } = Date
const { stringify } = JSON
const { request, post } = http

export type Answer = RefinedResponse<'text'>

/** What a request says besides its endpoint and its body. */
export interface RequestOptions {
  /** Values for the `:parameters` of the endpoint's path. */
  params?: Record<string, string>
  query?: Record<string, string | number>
  headers?: Record<string, string>
  tags?: Record<string, string>
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
 * Sends requests; every one carries its endpoint as the `name` tag. With `auth` they are those of a
 * user, whose headers are added to each; one that is answered 401 is repeated once with new headers,
 * and the first answer stays counted, as the API did refuse it.
 *
 * k6 only reads its parameters, so requests that say nothing of their own share an object, which the
 * endpoint keeps. What the last request was made of stays in variables, as users often repeat themselves:
 * with many in turn each object that is looked into is a cold one.
 */
export const createSend = (baseUrl: string, auth: Authenticator = NOBODY): Send => {
  const isNobody = auth === NOBODY
  let isRepeating = false
  let last: Endpoint | undefined
  let headers = auth.headers
  let isTyped = false
  let method = ''
  let url = ''
  let params: RequestParams

  const prepare = (endpoint: Endpoint, body: unknown, options?: RequestOptions): void => {
    last = undefined
    headers = auth.headers
    isTyped = body !== undefined
    method = endpoint.method
    const { hasParameters, path } = endpoint
    const isFilled = hasParameters || options?.query !== undefined
    url = baseUrl + (isFilled ? fillPath(endpoint, options?.params, options?.query) : path)
    // A user's own headers stay the same object until its token changes.
    if (endpoint.keptFor !== headers) {
      endpoint.keptFor = headers
      endpoint.kept = endpoint.keptTyped = undefined
    }
    const own = options?.headers ?? options?.tags
    const kind = isTyped ? 'keptTyped' : 'kept'
    const kept = own ? undefined : endpoint[kind]
    params = kept ?? paramsOf(endpoint, isTyped, options)
    if (!own) endpoint[kind] = params
    if (!options) last = endpoint
  }

  const send = (endpoint: Endpoint, body?: unknown, options?: RequestOptions): Answer => {
    if (!isNobody && auth.renewAtMs !== NEVER_MS && now() > auth.renewAtMs) auth.renew()
    const isLast = endpoint === last && !options && isTyped === (body !== undefined)
    if (!isLast || (!isNobody && auth.headers !== headers)) prepare(endpoint, body, options)
    // The commonest with a function of its own, which has one argument less to hand over to Go.
    const answer =
      isTyped && method === 'POST'
        ? post(url, stringify(body), params)
        : request(method, url, isTyped ? stringify(body) : null, params)
    if (isNobody || answer.status !== 401 || isRepeating || !auth.renew()) return answer
    isRepeating = true
    try {
      return send(endpoint, body, options)
    } finally {
      isRepeating = false
    }
  }
  return send
}

const paramsOf = (
  { name, keptFor }: Endpoint,
  isTyped: boolean,
  { headers, tags }: RequestOptions = {},
): RequestParams => {
  const type = isTyped ? { 'Content-Type': 'application/json' } : {}
  return { headers: { ...type, ...keptFor, ...headers }, tags: { ...tags, name } }
}
