// What k6 is told of a request besides its URL and its body: headers, tags and limits.
import http, { type Params } from 'k6/http'
import type { Endpoint, EndpointOptions } from './endpoint.ts'
import { REDIRECTS_TAG } from './plan.ts'
import { type BodyKind, TYPES } from './request-body.ts'
import type { RequestOptions } from './send.ts'

type ResponseCallback = ReturnType<typeof http.expectedStatuses>

/** k6's parameters of a request, as far as the library sets them. */
export interface RequestParams extends Params {
  headers: Record<string, string>
  tags: Record<string, string>
  timeout?: string | number
}

interface Sender {
  /** Headers that prove who the user is. */
  own: Record<string, string>
  kind: BodyKind
  timeoutMs: number | undefined
}

/** For requests that say nothing besides their endpoint and body. */
export const NO_OPTIONS: RequestOptions = {}

/**
 * Parameters of requests that say nothing of their own: k6 only reads them, so those to one endpoint share them until
 * another log-in.
 */
export const sharedParams = (timeoutMs: number | undefined) => {
  let params: RequestParams | undefined
  let of: Endpoint | undefined
  let last: Partial<Sender> = {}
  return (endpoint: Endpoint, own: Sender['own'], kind: BodyKind): RequestParams => {
    if (params && of === endpoint && last.own === own && last.kind === kind) return params
    last = { own, kind }
    of = endpoint
    params = requestParams(endpoint, { own, kind, timeoutMs }, NO_OPTIONS)
    return params
  }
}

/** k6's parameters of a request to an endpoint: its `name` tag above all. */
export const requestParams = (
  endpoint: Endpoint,
  { own, kind, timeoutMs }: Sender,
  options: RequestOptions,
): RequestParams => {
  const { name, statuses } = endpoint
  const redirects = options.redirects ?? endpoint.redirects
  const params: RequestParams = {
    headers: { ...own, ...options.headers },
    tags: { ...options.tags, name },
  }
  const timeout = options.timeout ?? timeoutMs
  const type = TYPES[kind]
  if (type !== undefined && !(options.headers && hasType(options.headers)))
    params.headers['Content-Type'] = type
  if (timeout !== undefined) params.timeout = timeout
  if (options.cookies) params.cookies = options.cookies
  if (options.responseType) params.responseType = options.responseType
  if (redirects !== undefined) {
    // k6 itself would follow them to any host.
    params.redirects = 0
    params.tags[REDIRECTS_TAG] = String(redirects)
  }
  if (statuses ?? redirects !== undefined)
    params.responseCallback = goodStatuses(endpoint, redirects ?? 0)
  return params
}

const hasType = (headers: Record<string, string>): boolean => {
  return Object.keys(headers).some((name) => name.toLowerCase() === 'content-type')
}

/** Tells k6 which responses of an endpoint are good ones; a redirect is, where some are left to follow. */
export const goodStatuses = (
  { statuses, redirects }: EndpointOptions,
  redirectsLeft: number,
): ResponseCallback => {
  const good = statuses ?? (redirects === 0 ? [{ min: 200, max: 399 }] : NO_REDIRECTS)
  return http.expectedStatuses(...good, ...(redirectsLeft > 0 ? REDIRECTS : []))
}

/** k6's own good statuses, without redirects. */
const NO_REDIRECTS = [
  { min: 200, max: 300 },
  { min: 304, max: 306 },
  { min: 309, max: 399 },
]
const REDIRECTS = [301, 302, 303, 307, 308]

/**
 * To be called in init code: a redirect is a failed request, unless the request says otherwise. With k6's
 * option `maxRedirects: 0` none is followed: it could lead to a host that nobody has allowed, and each hop
 * would be counted as a separate request.
 */
export const expectNoRedirects = (): void => {
  http.setResponseCallback(http.expectedStatuses(...NO_REDIRECTS))
}
