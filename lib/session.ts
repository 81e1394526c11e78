// Sends HTTP requests; only what follows redirects sends some, too.
import http, {
  type Params,
  type RefinedResponse,
  type RequestBody,
  type ResponseType,
} from 'k6/http'
import { isRedirect } from './address.ts'
import type { AuthStrategy } from './auth-setup.ts'
import { type Endpoint, isExpectedStatus, type Query, urlOf } from './endpoint.ts'
import { logFirstErrors } from './first-errors.ts'
import { followRedirects } from './follow-redirects.ts'
import { asLogIn } from './log-in-tags.ts'
import { failingOperations } from './operation.ts'
import { type BodyFormat, contentOf, typeOf } from './request-body.ts'
import { NO_OPTIONS, NO_REDIRECTS, requestParams, sharedParams } from './request-params.ts'
import type { Tokens } from './auth/tokens.ts'

export type Response<Type extends ResponseType = 'text'> = RefinedResponse<Type>

/** What a request says besides its endpoint and its body. */
export interface RequestOptions<Type extends ResponseType = ResponseType> {
  /** Values for the `:parameters` of the endpoint's path. */
  params?: Record<string, string>
  /** Of a list each value is a parameter of its own: `tag=a&tag=b`. */
  query?: Query
  headers?: Record<string, string>
  tags?: Record<string, string>
  /** What an object as a body is sent as; a text and an ArrayBuffer are sent as they are. @default 'json' */
  as?: BodyFormat
  /** In addition to those of the VU's cookie jar. */
  cookies?: NonNullable<Params['cookies']>
  /** @default that of the endpoint */
  redirects?: number
  /** `binary` gives an ArrayBuffer, `none` reads no body. @default 'text' */
  responseType?: Type
  /**
   * How long to wait for the response, as k6 writes it: `'90s'`, or milliseconds. k6 interrupts what lasts
   * beyond the workload's `gracefulStopSeconds`. @default that of the run
   */
  timeout?: string | number
}

/**
 * Sends one request; the order is that of k6's http.request. Never throws for a response, not even for none
 * (status 0).
 */
export type Send = <Type extends ResponseType = 'text'>(
  endpoint: Endpoint,
  body?: unknown,
  options?: RequestOptions<Type>,
) => Response<Type>

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
  /** Added to each query, for an API key that belongs there. */
  query?: Record<string, string>
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

/** Which user of which target, and the tokens that setup() has for it. */
export interface SessionSettings {
  target: string
  user: number
  prepared: readonly Tokens[]
  timeoutMs: number
}

/** The session of a user; it logs in with its first request. */
export const createSession = (
  { authenticator }: AuthStrategy,
  { target, user, prepared, timeoutMs }: SessionSettings,
): Session => {
  const auth = authenticator(createSend(target, NOBODY, timeoutMs), user, prepared)
  const send = failingOperations(createSend(target, auth, timeoutMs))
  return { user, target, auth, send }
}

/** The user's own headers, for what is no HTTP request. @throws AuthError */
export const headersOf = ({ auth }: Session): Record<string, string> => {
  logInIfDue(auth)
  return auth.headers
}

const logInIfDue = (auth: Authenticator): void => {
  if (Date.now() > auth.renewAtMs) asLogIn(() => auth.renew())
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
  const paramsOf = sharedParams(timeoutMs)
  const sendOnce = (endpoint: Endpoint, body: unknown, options: RequestOptions): AnyResponse => {
    const auth = authOf(endpoint, user)
    logInIfDue(auth)
    const own = auth.headers
    const content = contentOf(body, options.as)
    const type = typeOf(body, options.as)
    const params =
      options === NO_OPTIONS
        ? paramsOf(endpoint, own, type)
        : requestParams(endpoint, { own, type, timeoutMs }, options)
    const url = urlOf(endpoint, baseUrl, auth.query ? withQuery(options, auth.query) : options)
    const response = http.request(endpoint.method, url, content as RequestBody, params)
    const redirects = options.redirects ?? endpoint.redirects
    if (redirects === undefined) noteRedirect(endpoint, response)
    if (!redirects) return response
    const from = endpoint.origin ?? baseUrl
    return followRedirects(response, { endpoint, baseUrl: from, content, params, own, redirects })
  }

  return (endpoint: Endpoint, body?: unknown, options: RequestOptions = NO_OPTIONS) => {
    const response = sendOnce(endpoint, body, options)
    if (response.status !== 401 || isExpectedStatus(endpoint, 401)) return response
    const auth = authOf(endpoint, user)
    return asLogIn(() => auth.renew()) ? sendOnce(endpoint, body, options) : response
  }
}

type AnyResponse = Response<ResponseType>

const withQuery = ({ query, ...rest }: RequestOptions, own: Query): RequestOptions => ({
  ...rest,
  query: { ...query, ...own },
})

// What proves who the user is stays with the target, unless the endpoint of another host asks for it.
const authOf = ({ origin, withLogIn }: Endpoint, user: Authenticator): Authenticator => {
  return origin === undefined || withLogIn === true ? user : NOBODY
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
const noteRedirect = ({ name }: Endpoint, response: AnyResponse): void => {
  if (!isRedirect(response.status)) return
  const location = response.headers['Location'] ?? 'nowhere'
  const to = /^\/(?![\\/])/.test(location)
    ? location.replace(/[?#].*/s, '')
    : location.replace(/^((?:[a-z]+:)?[\\/]*)(?:[^/?#]*@)?([^\\/?#]*).*/is, '$1$2')
  logFirstErrors(`${name} answered with a redirect to ${to}, which was not followed`)
}
