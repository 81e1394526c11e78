// Pure: read by k6 and by Node.
import type { Params } from 'k6/http'

/** A route of the API under test; `name` becomes the request's `name` tag, never a raw URL. */
export interface Endpoint {
  /** `METHOD /path/:parameter` */
  name: string
  method: string
  path: string
  /** The path has `:parameters` to fill in. */
  hasParameters: boolean
  /** Redirects that are followed, where one is expected here. */
  redirects?: number
  /** What k6 is given with a request that says nothing of its own, without a body and with one. */
  kept?: RequestParams | undefined
  keptTyped?: RequestParams | undefined
  /** A URL that k6 need not read for each request, and that says the name. */
  keptUrl?: NamedUrl | undefined
  /** The user's own headers that they were made with: of one user, and one base URL. */
  keptFor?: Record<string, string>
}

/** What k6's http.url gives: its name becomes the `name` tag. */
export interface NamedUrl {
  name: string
}

/** The part of k6's request parameters that the toolkit sets. */
export interface RequestParams {
  headers: Record<string, string>
  tags?: Record<string, string>
  timeout?: string | number
  redirects?: number
  responseCallback?: NonNullable<Params['responseCallback']>
}

/** What is unusual about an endpoint. */
export interface EndpointOptions {
  /** A sound run may never call it; of any other that is missed. */
  optional?: boolean
  /**
   * Its right answer may be a redirect, of which so many are followed within the target's origin and to what
   * `allowedTargets` allow; 0 where the redirect itself is the answer. Of an endpoint that does not say so none is
   * followed, wherever it leads: it is a failed request.
   */
  redirects?: number
}

/** Endpoints of the bundle's one workload, in the order of their declaration. */
const declared: ({ name: string } & EndpointOptions)[] = []

/**
 * Declares a route that operations send requests to; objectives may name it.
 *
 * @throws when the name is not of the form `METHOD /path`
 */
export const endpoint = (name: string, options?: EndpointOptions): Endpoint => {
  const route = authEndpoint(name)
  if (options?.redirects !== undefined) route.redirects = options.redirects
  declared.push({ name, ...options })
  return route
}

/**
 * Declares a route of the log-in: its requests stay out of every objective. Read sign by sign, as the
 * first method of strings costs each virtual user 5 KB and the first regular expression 15.
 */
export const authEndpoint = (name: string): Endpoint => {
  const route: Endpoint = { name, method: '', path: '', hasParameters: false }
  let isRoute = true
  for (let i = 0; i < name.length; i++) {
    const sign = name[i] as string
    if (route.path) {
      if (sign === ':' && name[i - 1] === '/') route.hasParameters = true
      isRoute &&= sign !== ' '
      route.path += sign
    } else if (sign === ' ' && name[i + 1] === '/') route.path = name[++i] as string
    else {
      isRoute &&= sign >= 'A' && sign <= 'Z'
      route.method += sign
    }
  }
  if (!isRoute || !route.method || !route.path) throw notAnEndpoint(name)
  return route
}

const notAnEndpoint = (name: string): Error => {
  return new Error(`Expected an endpoint such as "GET /v1/orders/:id", got "${name}"`)
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

/** The path with its `:parameters` and the query filled in, each value escaped. */
export const fillPath = (
  { path, hasParameters }: Pick<Endpoint, 'path' | 'hasParameters'>,
  params: Record<string, string> = {},
  query?: Record<string, string | number>,
): string => {
  const filled = hasParameters
    ? path.replace(/\/:(\w+)/g, (_, key: string) => {
        const value = params[key]
        if (value === undefined) throw new Error(`Expected a value for ":${key}" of ${path}`)
        return `/${encodeURIComponent(value)}`
      })
    : path
  if (!query) return filled
  const pairs = Object.entries(query).map(([key, value]) => `${key}=${encodeURIComponent(value)}`)
  return pairs.length === 0 ? filled : `${filled}?${pairs.join('&')}`
}
