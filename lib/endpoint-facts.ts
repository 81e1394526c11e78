// Pure: read by k6 and by Node. What is known of a workload's endpoints before a request is sent.
import { addressOf, isAllowed } from './address.ts'
import type { Endpoint } from './endpoint.ts'
import type { RunPlan } from './plan.ts'

/** What a plan says of the endpoints of operations. */
export const endpointFacts = (
  declared: readonly Endpoint[],
): Pick<RunPlan, 'endpoints' | 'optionalEndpoints' | 'followsRedirects'> => ({
  endpoints: declared.map(({ name }) => name),
  optionalEndpoints: declared.filter(({ optional }) => optional).map(({ name }) => name),
  followsRedirects: declared.some(({ redirects = 0 }) => redirects > 0),
})

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

/**
 * Who runs a load names where it goes; an endpoint may not say otherwise. A host of this machine is always allowed.
 *
 * @throws Error that names the endpoints on hosts that are neither a target's nor allowed
 */
export const requireAllowedHosts = (
  endpoints: readonly Endpoint[],
  targets: readonly string[],
  allowed: readonly string[],
): void => {
  const origins = targets.map((target) => addressOf(target)?.origin ?? '')
  const isForbidden = ({ origin = '' }: Endpoint): boolean => {
    const address = addressOf(origin)
    return address !== undefined && !isAllowed(address, [...origins, ...allowed, ...LOOPBACK])
  }
  const forbidden = endpoints.filter(isForbidden).map(({ name }) => name)
  if (forbidden.length === 0) return
  throw new Error(
    `Expected the host of every endpoint among "allowedTargets", got ${forbidden.join(', ')}: list it in k6-verdict.config.json, or in ALLOWED_TARGETS of a script that k6 runs by itself`,
  )
}
