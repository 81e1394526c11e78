// What k6 is told of a request: its headers, tags and limits.
import http from 'k6/http'
import type { Endpoint, EndpointOptions } from './endpoint.ts'
import { REDIRECTS_TAG } from './plan.ts'
import type { RequestOptions } from './session.ts'

/** The part of k6's request parameters that the toolkit sets. */
export interface RequestParams {
  headers: Record<string, string>
  tags: Record<string, string>
  timeout?: string | number
  redirects?: number
  responseCallback?: ResponseCallback
}

type ResponseCallback = ReturnType<typeof http.expectedStatuses>

interface Sender {
  /** Headers that prove who the user is. */
  own: Record<string, string>
  hasBody: boolean
  timeoutMs: number | undefined
}

/** k6's parameters of a request to an endpoint: its `name` tag above all. */
export const requestParams = (
  endpoint: Endpoint,
  { own, hasBody, timeoutMs }: Sender,
  options: RequestOptions,
): RequestParams => {
  const { name, statuses, redirects } = endpoint
  const params: RequestParams = {
    headers: { ...(hasBody && JSON_TYPE), ...own, ...options.headers },
    tags: { ...options.tags, name },
  }
  const timeout = options.timeout ?? timeoutMs
  if (timeout !== undefined) params.timeout = timeout
  if (redirects !== undefined) {
    // k6 itself would follow them to any host.
    params.redirects = 0
    params.tags[REDIRECTS_TAG] = String(redirects)
  }
  if (statuses ?? redirects !== undefined) params.responseCallback = goodStatuses(endpoint, true)
  return params
}

const JSON_TYPE = { 'Content-Type': 'application/json' }

/** Tells k6 which responses of an endpoint are good ones; a redirect that is followed is, the last one is not. */
export const goodStatuses = (
  { statuses, redirects = 0 }: EndpointOptions,
  isFollowed: boolean,
): ResponseCallback => {
  const good = statuses ?? (redirects === 0 ? [{ min: 200, max: 399 }] : NO_REDIRECTS)
  return http.expectedStatuses(...good, ...(isFollowed && redirects > 0 ? REDIRECTS : []))
}

/** k6's own good statuses, without redirects. */
export const NO_REDIRECTS = [
  { min: 200, max: 300 },
  { min: 304, max: 306 },
  { min: 309, max: 399 },
]
const REDIRECTS = [301, 302, 303, 307, 308]
