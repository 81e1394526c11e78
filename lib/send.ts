// Sends HTTP requests; only what follows redirects sends some, too.
import http, {
  type Params,
  type RefinedResponse,
  type RequestBody,
  type ResponseType,
} from 'k6/http'
import { type Authenticator, logIn, NOBODY } from './authenticator.ts'
import { type Endpoint, isExpectedStatus, isRedirect, type Query, urlOf } from './endpoint.ts'
import { logFirstErrors } from './first-errors.ts'
import { followRedirects } from './follow-redirects.ts'
import { ledTo } from './redirect-hops.ts'
import { type BodyFormat, type Content, kindOf } from './request-body.ts'
import { NO_OPTIONS, requestParams, sharedParams } from './request-params.ts'

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
    if (Date.now() > auth.renewAtMs) logIn(auth)
    const own = auth.headers
    const kind = kindOf(body, options.as)
    const content = kind === 'json' ? JSON.stringify(body) : ((body ?? null) as Content)
    const params =
      options === NO_OPTIONS
        ? paramsOf(endpoint, own, kind)
        : requestParams(endpoint, { own, kind, timeoutMs }, options)
    const url = urlOf(endpoint, baseUrl, auth.query ? withQuery(options, auth.query) : options)
    const response = http.request(endpoint.method, url, content as RequestBody, params)
    const redirects = options.redirects ?? endpoint.redirects
    if (redirects === undefined && response.status >= 300) noteRedirect(endpoint, response)
    if (!redirects) return response
    return followRedirects(response, { endpoint, baseUrl, content, params, own, redirects })
  }

  return (endpoint: Endpoint, body?: unknown, options: RequestOptions = NO_OPTIONS) => {
    const response = sendOnce(endpoint, body, options)
    if (response.status !== 401 || isExpectedStatus(endpoint, 401)) return response
    const auth = authOf(endpoint, user)
    return logIn(auth) ? sendOnce(endpoint, body, options) : response
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

// The validator's `status-307` does not say where the redirect led.
const noteRedirect = ({ name }: Endpoint, response: AnyResponse): void => {
  if (!isRedirect(response.status)) return
  logFirstErrors(`${name} answered with a redirect to ${ledTo(response)}, which was not followed`)
}
