// In place of k6/http for workloads (esbuild.config.mjs): a request without a name is named without its query.
import http from 'k6/http'
import { named, withName } from './name-of-url.ts'

/** A request of `batch`: a URL, a list, or an object. */
type Entry = { url?: unknown; params?: unknown } | unknown[] | string

const namedEntry = (entry: Entry): unknown => {
  if (Array.isArray(entry)) {
    const [method, url, body, params] = entry
    return [method, url, body, withName(url, params)]
  }
  const isUrl = typeof entry === 'string' || 'name' in entry
  if (isUrl) return ['GET', entry, null, withName(entry, undefined)]
  return { ...entry, params: withName(entry.url, entry.params) }
}

const batch = (entries: Record<string, Entry> | Entry[]): unknown => {
  const all = (Array.isArray(entries) ? [] : {}) as Record<string, unknown>
  for (const key of Object.keys(entries))
    all[key] = namedEntry((entries as Record<string, Entry>)[key] as Entry)
  return http.batch(all as never)
}

// With k6's own as its prototype, whatever else is asked for is there.
const own = Object.assign(Object.create(http) as typeof http, {
  get: named(http.get, 0, 1),
  head: named(http.head, 0, 1),
  post: named(http.post, 0, 2),
  put: named(http.put, 0, 2),
  patch: named(http.patch, 0, 2),
  del: named(http.del, 0, 2),
  options: named(http.options, 0, 2),
  request: named(http.request, 1, 3),
  asyncRequest: named(http.asyncRequest, 1, 3),
  batch,
})

export default own
export const { get, head, post, put, patch, del, options, request, asyncRequest } = own
export const { url, file, cookieJar, CookieJar, setResponseCallback, expectedStatuses } = own
export const { TLS_1_0, TLS_1_1, TLS_1_2, TLS_1_3, OCSP_STATUS_GOOD, OCSP_STATUS_REVOKED } = own
export const { OCSP_STATUS_SERVER_FAILED, OCSP_STATUS_UNKNOWN, OCSP_REASON_UNSPECIFIED } = own
export const { OCSP_REASON_KEY_COMPROMISE, OCSP_REASON_CA_COMPROMISE } = own
export const { OCSP_REASON_AFFILIATION_CHANGED, OCSP_REASON_SUPERSEDED } = own
export const { OCSP_REASON_CESSATION_OF_OPERATION, OCSP_REASON_CERTIFICATE_HOLD } = own
export const { OCSP_REASON_REMOVE_FROM_CRL, OCSP_REASON_PRIVILEGE_WITHDRAWN } = own
export const { OCSP_REASON_AA_COMPROMISE } = own
export { batch }
