// Pure: read by k6 and by Node.

/** A route of the API under test; `name` becomes the request's `name` tag, never a raw URL. */
export interface Endpoint {
  /** `METHOD /path/:parameter` */
  name: string
  method: string
  path: string
  /** The path has `:parameters` to fill in. */
  hasParameters: boolean
}

/** Endpoints of the bundle's one workload, in the order of their declaration. */
const declared: Endpoint[] = []

/**
 * Declares a route that operations send requests to; objectives may name it.
 *
 * @throws when the name is not of the form `METHOD /path`
 */
export const endpoint = (name: string): Endpoint => {
  const route = authEndpoint(name)
  declared.push(route)
  return route
}

/** Declares a route of the log-in: its requests stay out of every objective. */
export const authEndpoint = (name: string): Endpoint => {
  const space = name.indexOf(' ')
  const method = name.slice(0, space)
  const path = name.slice(space + 1)
  // Without a regular expression: the first one costs each virtual user 15 KB.
  const isRoute = method !== '' && method === method.toUpperCase() && path.startsWith('/')
  if (!isRoute || path.includes(' ')) {
    throw new Error(`Expected an endpoint such as "GET /v1/orders/:id", got "${name}"`)
  }
  return { name, method, path, hasParameters: path.includes('/:') }
}

/** Names of all declared operation endpoints. */
export const declaredEndpoints = (): string[] => {
  return declared.map(({ name }) => name)
}

/** The path with its `:parameters` and the query filled in, each value escaped. */
export const fillPath = (
  { path, hasParameters }: Pick<Endpoint, 'path' | 'hasParameters'>,
  params: Record<string, string> = {},
  query?: Record<string, string | number>,
): string => {
  const filled = hasParameters ? filledIn(path, params) : path
  if (!query) return filled
  const pairs = Object.entries(query).map(([key, value]) => `${key}=${encodeURIComponent(value)}`)
  return pairs.length === 0 ? filled : `${filled}?${pairs.join('&')}`
}

const filledIn = (path: string, params: Record<string, string>): string => {
  return path.replace(/\/:(\w+)/g, (_, key: string) => {
    const value = params[key]
    if (value === undefined) throw new Error(`Expected a value for ":${key}" of ${path}`)
    return `/${encodeURIComponent(value)}`
  })
}
