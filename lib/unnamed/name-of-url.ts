// How a request is named whose script says no name: by its URL, without what may be a secret in that.
import exec from 'k6/execution'

/** Of the parameters of a request, what decides its name. */
interface Params {
  tags?: Record<string, string>
  redirects?: number
}

/**
 * Wraps a function of k6 that sends: where k6 would take the whole URL for a name, it is given one. The name reaches
 * every sample, report and stream. So does the URL of each redirect that k6 follows, unless there is a name.
 */
export const named = (
  send: unknown,
  urlAt: number,
  paramsAt: number,
): ((...args: unknown[]) => unknown) => {
  const call = send as (...args: unknown[]) => unknown
  return (...args) => {
    const params = withName(args[urlAt], args[paramsAt])
    if (params !== args[paramsAt]) args[paramsAt] = params
    return call(...args)
  }
}

/** The parameters of a request, with a name if it needs one. */
export const withName = (url: unknown, given: unknown): unknown => {
  const params = (given ?? {}) as Params
  if (params.tags?.['name'] !== undefined) return given
  const text = textOf(url)
  const name = text.replace(/[?#].*/s, '').replace(/\/\/[^/]*@/, '//')
  const isFine = name === text && !params.redirects
  if (isFine || exec.vu.metrics.tags['name'] !== undefined) return given
  return { ...params, tags: { ...params.tags, name } }
}

// What http.url makes has a name, its template.
const textOf = (url: unknown): string => {
  const { name } = (url ?? {}) as { name?: unknown }
  return typeof name === 'string' ? name : String(url)
}
