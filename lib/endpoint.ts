// Pure: read by k6 and by Node. A route of the API under test.
import { originAndPath } from './other-host.ts'

/** `name` becomes the request's `name` tag, never a raw URL. */
export interface Endpoint extends EndpointOptions {
  /** `METHOD /path/:parameter`, and its label */
  name: string
  method: string
  path: string
  /** Of an endpoint on another host than the target's. */
  origin?: string
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
  /** Tells endpoints of one route apart: `POST /graphql ListItems`. */
  label?: string
  /** Of an endpoint on another host: it gets the headers of the log-in, too. @default false */
  withLogIn?: boolean
}

/** Values of a query; what is undefined is left out. */
export type Query = Record<string, QueryValue | readonly QueryValue[] | undefined>
type QueryValue = string | number | boolean

/** Endpoints of the bundle's one workload, in the order of their declaration. */
const declared: Endpoint[] = []
/** Those of log-ins. */
const logIns: Endpoint[] = []

/**
 * Declares a route that operations send requests to; objectives may name it. One on another host begins with that:
 * `GET https://files.example.com/:id`.
 *
 * @throws when the name is not of the form `METHOD /path`
 */
export const endpoint = (name: string, options: EndpointOptions = {}): Endpoint => {
  const route = { ...routeOf(name), ...options }
  if (options.label !== undefined) route.name = `${name} ${options.label}`
  declared.push(route)
  return route
}

/** Declares a route of the log-in: its requests stay out of every objective. */
export const authEndpoint = (name: string): Endpoint => {
  const route = routeOf(name)
  logIns.push(route)
  return route
}

const routeOf = (name: string): Endpoint => {
  const [method = '', target = '', ...rest] = name.split(' ')
  const isMethod = method !== '' && method === method.toUpperCase()
  const route = target.startsWith('/') ? { path: target } : originAndPath(target)
  if (isMethod && rest.length === 0 && route) return { name, method, ...route }
  throw new Error(
    `Expected an endpoint such as "GET /v1/orders/:id" or "GET https://files.example.com/:id", got "${name}"`,
  )
}

/** All declared endpoints of operations, those of log-ins apart. */
export const declaredEndpoints = (): readonly Endpoint[] => declared

/** Those of log-ins. */
export const logInEndpoints = (): readonly Endpoint[] => logIns

/** Whether a response of that status asks for another request. */
export const isRedirect = (status: number): boolean => {
  return status === 307 || status === 308 || (status >= 301 && status <= 303)
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
  { path, origin }: Pick<Endpoint, 'path' | 'origin'>,
  baseUrl: string,
  { params, query }: { params?: Record<string, string>; query?: Query | undefined },
): string => {
  const filled = path.includes('/:') ? fillPath(path, params) : path
  const url = (origin ?? baseUrl) + filled
  return query ? url + queryOf(query) : url
}

const fillPath = (path: string, params: Record<string, string> = {}): string => {
  return path.replace(/\/:(\w+)/g, (_, key: string) => {
    const value = params[key]
    if (value === undefined) throw new Error(`Expected a value for ":${key}" of ${path}`)
    return `/${encodeURIComponent(value)}`
  })
}

const queryOf = (query: Query): string => {
  const pairs = Object.entries(query).flatMap(([key, value]) => {
    const values = (Array.isArray(value) ? value : [value]) as (QueryValue | undefined)[]
    const given = values.filter((each) => each !== undefined)
    return given.map((each) => `${encodeURIComponent(key)}=${encodeURIComponent(each)}`)
  })
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}
