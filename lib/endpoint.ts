// Pure: read by k6 and by Node. A route of the API under test.
import { isRedirect } from './address.ts'

/** `name` becomes the request's `name` tag, never a raw URL. */
export interface Endpoint extends EndpointOptions {
  /** `METHOD /path/:parameter` */
  name: string
  method: string
  path: string
}

/** What is unusual about an endpoint. */
export interface EndpointOptions {
  /** A sound run may never call it; of any other that is missed. */
  optional?: boolean
  /**
   * The statuses of its good responses: of any other k6 counts a failed request, and its validator rejects the
   * response. @default every status from 200 to 399 that is no redirect
   */
  statuses?: readonly number[]
  /**
   * Its right response may be a redirect, of which so many are followed within the target's origin and to what
   * `allowedTargets` allow; 0 where the redirect itself is the response. Of an endpoint that does not say so none is
   * followed, wherever it leads: it is a failed request.
   */
  redirects?: number
}

/** Endpoints of the bundle's one workload, in the order of their declaration. */
const declared: Endpoint[] = []

/**
 * Declares a route that operations send requests to; objectives may name it.
 *
 * @throws when the name is not of the form `METHOD /path`
 */
export const endpoint = (name: string, options: EndpointOptions = {}): Endpoint => {
  const route = { ...authEndpoint(name), ...options }
  declared.push(route)
  return route
}

/** Declares a route of the log-in: its requests stay out of every objective. */
export const authEndpoint = (name: string): Endpoint => {
  const [method = '', path = '', ...rest] = name.split(' ')
  const isMethod = method !== '' && method === method.toUpperCase()
  if (isMethod && path.startsWith('/') && rest.length === 0) return { name, method, path }
  throw new Error(`Expected an endpoint such as "GET /v1/orders/:id", got "${name}"`)
}

/** Names of all declared operation endpoints. */
export const declaredEndpoints = (): string[] => {
  return declared.map(({ name }) => name)
}

/** Names of those that a sound run may never call. */
export const optionalEndpoints = (): string[] => {
  return declared.filter(({ optional }) => optional).map(({ name }) => name)
}

/** Whether some endpoint follows redirects. */
export const followsRedirects = (): boolean => {
  return declared.some(({ redirects = 0 }) => redirects > 0)
}

/** Whether a response of that status is a good one, for k6 and for validators alike. */
export const isExpectedStatus = (
  { statuses, redirects }: EndpointOptions,
  status: number,
): boolean => {
  if (statuses) return statuses.includes(status)
  return status >= 200 && status < 400 && (redirects === 0 || !isRedirect(status))
}

/** The URL of a request: the path with its `:parameters` and the query filled in, each value escaped. */
export const urlOf = (
  { path }: Pick<Endpoint, 'path'>,
  baseUrl: string,
  { params, query }: { params?: Record<string, string>; query?: Record<string, string | number> },
): string => {
  const filled = path.includes('/:') ? fillPath(path, params) : path
  return baseUrl + filled + (query ? queryOf(query) : '')
}

const fillPath = (path: string, params: Record<string, string> = {}): string => {
  return path.replace(/\/:(\w+)/g, (_, key: string) => {
    const value = params[key]
    if (value === undefined) throw new Error(`Expected a value for ":${key}" of ${path}`)
    return `/${encodeURIComponent(value)}`
  })
}

const queryOf = (query: Record<string, string | number>): string => {
  const pairs = Object.entries(query).map(([key, value]) => `${key}=${encodeURIComponent(value)}`)
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}
