// The only file that sends HTTP requests.
import http, { type Params, type RefinedResponse } from 'k6/http'
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

/**
 * Sends one request; never throws for an answer, not even for none (status 0). `own` are headers that
 * the sender has for every request.
 */
export type Send = (
  endpoint: Endpoint,
  options?: RequestOptions,
  own?: Record<string, string>,
) => Answer

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
  /** Base URL, for what is no HTTP request. */
  target: string
  /** The user's own headers, for what is no HTTP request. @throws AuthError */
  headers: () => Record<string, string>
  send: Send
}

/**
 * Requests without a user: every one carries its endpoint as the `name` tag. k6 only reads its
 * parameters, so requests that say nothing of their own share an object: making it is what costs.
 */
export const createSend = (baseUrl: string): Send => {
  let lastOwn: Record<string, string> | undefined
  let bare: Record<string, Params> = {}
  let typed: Record<string, Params> = {}

  return (endpoint, options = NOTHING, own = NOTHING) => {
    const { body, query } = options
    const path =
      query || endpoint.hasParameters ? fillPath(endpoint, options.params, query) : endpoint.path
    const json = body === undefined ? null : JSON.stringify(body)
    // A user's own headers stay the same object until its token changes.
    if (own !== lastOwn) {
      lastOwn = own
      bare = {}
      typed = {}
    }
    const kept = json === null ? bare : typed
    const params =
      options.headers || options.tags
        ? paramsOf(endpoint, options, own)
        : (kept[endpoint.name] ??= paramsOf(endpoint, options, own))
    return http.request(endpoint.method, baseUrl + path, json, params)
  }
}

const paramsOf = (
  { name }: Endpoint,
  { body, headers, tags }: RequestOptions,
  own: Record<string, string>,
): Params => {
  const type = body === undefined ? {} : { 'Content-Type': 'application/json' }
  return { headers: { ...type, ...own, ...headers }, tags: { ...tags, name } }
}

const NOTHING = {}

export interface SessionParts extends Pick<Session, 'user' | 'target' | 'send'> {
  auth: Authenticator
}

/**
 * The same, with the user's own headers added to each request. A request that is answered 401 is
 * repeated once with new ones; the first answer stays counted, as the API did refuse it.
 */
export const createSession = ({ user, target, send, auth }: SessionParts): Session => {
  return {
    user,
    target,
    headers: auth.headers,
    send(endpoint, options) {
      const answer = send(endpoint, options, auth.headers())
      if (answer.status !== 401 || !auth.refused()) return answer
      return send(endpoint, options, auth.headers())
    },
  }
}
