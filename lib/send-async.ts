// Sends HTTP requests asynchronously: createSend() with promises.
import http, { type RequestBody } from 'k6/http'
import { type Authenticator, logIn, NOBODY } from './authenticator.ts'
import { type Endpoint, isExpectedStatus, urlOf } from './endpoint.ts'
import { type Content, kindOf } from './request-body.ts'
import { NO_OPTIONS, requestParams } from './request-params.ts'
import type { RequestOptions, Response } from './send.ts'

/** Sends one request. The promise resolves with any response, also a failed one. @throws AuthError */
export type AsyncSend = (
  endpoint: Endpoint,
  body?: unknown,
  options?: RequestOptions<'text'>,
) => Promise<Response>

/**
 * Sends requests as createSend() does, but does not wait for responses: one VU can have many in flight. Redirects are
 * not followed.
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
    // Another request may have logged in again meanwhile.
    const isNewer = auth.headers !== headers
    return isNewer || logIn(auth) ? sendOnce(endpoint, auth, { body, options }) : response
  }
}
