// Pure: read by k6 and by Node. k6's own options that a workload may set.
import type { Options } from 'k6/options'
import { unknownNames } from './mistakes.ts'

/** What decides how requests travel; load, thresholds and tags are the toolkit's. */
const WORKLOAD_OPTIONS = [
  ...['hosts', 'dns', 'localIPs', 'blacklistIPs', 'blockHostnames'],
  ...['tlsAuth', 'tlsCipherSuites', 'tlsVersion', 'insecureSkipTLSVerify'],
  ...['noConnectionReuse', 'noVUConnectionReuse', 'noCookiesReset', 'userAgent', 'maxRedirects'],
  ...['discardResponseBodies', 'batch', 'batchPerHost', 'setupTimeout', 'teardownTimeout'],
] as const

/** k6's options by their own names, as a k6 script exports them. */
export type WorkloadOptions = Partial<
  Pick<
    Options,
    | 'hosts'
    | 'dns'
    | 'blacklistIPs'
    | 'blockHostnames'
    | 'tlsAuth'
    | 'tlsCipherSuites'
    | 'tlsVersion'
    | 'insecureSkipTLSVerify'
    | 'noConnectionReuse'
    | 'noVUConnectionReuse'
    | 'noCookiesReset'
    | 'userAgent'
    | 'maxRedirects'
    | 'discardResponseBodies'
    | 'batch'
    | 'batchPerHost'
    | 'setupTimeout'
    | 'teardownTimeout'
  >
> & { localIPs?: string }

/** Options that are not on the list; k6 itself names values that it cannot read. */
export const optionMistakes = (options: WorkloadOptions = {}): string[] => {
  return unknownNames(options, WORKLOAD_OPTIONS, 'k6Options')
}
