// Sends HTTP requests several at a time: what createSend() does, as promises.
import http, { type RequestBody } from 'k6/http'
import { type Authenticator, logIn, NOBODY } from './authenticator.ts'
import { type Endpoint, isExpectedStatus, urlOf } from './endpoint.ts'
import { type Content, kindOf } from './request-body.ts'
import { NO_OPTIONS, requestParams } from './request-params.ts'
import type { RequestOptions, Response } from './send.ts'

/** Sends one request; the promise is that of its response, and rejects for none of them. */
export type AsyncSend = (
  endpoint: Endpoint,
  body?: unknown,
  options?: RequestOptions<'text'>,
) => Promise<Response>

/**
 * Sends requests as createSend() does, and goes on while they are under way: many of one VU are on their way at once.
 * Redirects are not followed.
 */
export const createAsyncSend = (
  baseUrl: string,
  user: Authenticator = NOBODY,
  timeoutMs?: number,
): AsyncSend => {
  const sendOnce = (
    endpoint: Endpoint,
    auth: Authenticator,
    { body, options }: { body: unknown; options: RequestOptions<'text'> },
  ): Promise<Response> => {
    const kind = kindOf(body, options.as)
    const content = kind === 'json' ? JSON.stringify(body) : ((body ?? null) as Content)
    const params = requestParams(endpoint, { own: auth.headers, kind, timeoutMs }, options)
    const query = auth.query ? { ...options.query, ...auth.query } : options.query
    const url = urlOf(endpoint, baseUrl, { ...options, query })
    return http.asyncRequest(endpoint.method, url, content as RequestBody, params)
  }

  return async (endpoint, body, options = NO_OPTIONS as RequestOptions<'text'>) => {
    const auth = endpoint.origin === undefined || endpoint.withLogIn === true ? user : NOBODY
    if (Date.now() > auth.renewAtMs) logIn(auth)
    const { headers } = auth
    const response = await sendOnce(endpoint, auth, { body, options })
    if (response.status !== 401 || isExpectedStatus(endpoint, 401)) return response
    // Another of them may have logged in anew meanwhile.
    const isNewer = auth.headers !== headers
    return isNewer || logIn(auth) ? sendOnce(endpoint, auth, { body, options }) : response
  }
}
