// Every environment variable that a bundle reads: targets, secrets, load zone and instance, nothing else.
import { regionVariable } from './region-variable.ts'

/** Where `npm run sandbox` listens unless told otherwise: the target of a bundle run on its own. */
const SANDBOX_URL = 'http://127.0.0.1:8640'

/** Value of a variable; undefined when it is missing or empty. */
export const env = (name: string): string | undefined => {
  const value = __ENV[name]
  return value === undefined || value === '' ? undefined : value
}

/**
 * Value of a variable that the script cannot do without, such as a token. To be called in init code: then the
 * command line refuses to start without it, and nobody sends `Bearer undefined`.
 *
 * @throws Error that names the variable
 */
export const requiredEnv = (name: string): string => {
  const value = env(name)
  if (value !== undefined) return value
  const error = new Error(`Expected the environment variable ${name} to be set, found none`)
  throw Object.assign(error, { name: 'MissingVariable', variable: name })
}

/** Label of the load zone that this k6 runs in; Grafana Cloud k6 says it, nobody else does. */
export const zoneRegion = (): string | undefined => env('K6_CLOUDRUN_DISTRIBUTION')

/**
 * Base URL of the API under test, without a slash at its end: `BASE_URL_EU_WEST` for the region
 * eu-west where it is set, else `BASE_URL`, else the sandbox's usual address.
 */
export const baseUrl = (region?: string): string => {
  const own = region ? env(regionVariable(region)) : undefined
  const url = own ?? env('BASE_URL') ?? SANDBOX_URL
  return url[url.length - 1] === '/' ? url.slice(0, -1) : url
}

/** Where else a redirect may lead than to the target's origin: origins, hosts with their port, host names. */
export const allowedTargets = (): string[] => env('ALLOWED_TARGETS')?.split(',') ?? []
