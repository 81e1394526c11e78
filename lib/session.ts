// The only file that sends HTTP requests.
import http, { type RefinedResponse } from 'k6/http'
import { type Endpoint, fillPath } from './endpoint.ts'

export type Answer = RefinedResponse<'text'>

export interface RequestOptions {
  /** Sent as JSON. */
  body?: unknown
  /** Values for the `:parameters` of the endpoint's path. */
  params?: Record<string, string>
  query?: Record<string, string | number>
  headers?: Record<string, string>
  tags?: Record<string, string>
}

/** Sends one request; never throws for an answer, not even for none (status 0). */
export type Send = (endpoint: Endpoint, options?: RequestOptions) => Answer

/** Gives the headers that prove who the user is; may log in or refresh first. */
export interface Authenticator {
  /** @throws AuthError when the user could not be logged in */
  headers: () => Record<string, string>
  /**
   * Told that the API refused these headers (401); false when there is nothing newer to try.
   *
   * @throws AuthError when the user could not be logged in again
   */
  refused: () => boolean
}

/** One logged-in user of one VU. */
export interface Session {
  /** Number of the user, unique in the whole test, from 1. */
  user: number
  send: Send
}

/** Requests without a user: every one carries its endpoint as the `name` tag. */
export function createSend(baseUrl: string, everyTag: Record<string, string> = {}): Send {
  return (endpoint, { body, params, query, headers, tags } = {}) => {
    const url = baseUrl + fillPath(endpoint.path, params, query)
    const json = body === undefined ? null : JSON.stringify(body)
    return http.request(endpoint.method, url, json, {
      headers: body === undefined ? { ...headers } : { ...JSON_HEADERS, ...headers },
      tags: { ...everyTag, ...tags, name: endpoint.name },
    })
  }
}

/**
 * The same, with the user's own headers added to each request. A request that is answered 401 is
 * repeated once with new ones; the first answer stays counted, as the API did refuse it.
 */
export function createSession(user: number, send: Send, auth: Authenticator): Session {
  const sendAs: Send = (endpoint, options = {}) =>
    send(endpoint, { ...options, headers: { ...auth.headers(), ...options.headers } })
  return {
    user,
    send(endpoint, options) {
      const answer = sendAs(endpoint, options)
      return answer.status === 401 && auth.refused() ? sendAs(endpoint, options) : answer
    },
  }
}

const JSON_HEADERS = { 'Content-Type': 'application/json' }
