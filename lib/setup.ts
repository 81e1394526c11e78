// What setup() does once for all users: finds the targets, and logs in before any load.
import { baseUrl } from './env.ts'
import type { SetupData } from './vu-context.ts'
import type { RunPlan } from './plan.ts'
import { createSend } from './session.ts'
import type { Tokens } from './tokens.ts'
import type { Workload } from './workload.ts'

/** setup() of a run; a wrong password or a dead target ends the run there. */
export const setupOf = (
  { regions, requestTimeoutSeconds }: Pick<RunPlan, 'regions' | 'requestTimeoutSeconds'>,
  { auth }: Workload,
): (() => SetupData) => {
  // The first is for users without a region, and for those in a load zone that is none of them.
  const targets: Record<string, string> = { '': baseUrl() }
  for (const region of regions) targets[region] = baseUrl(region)
  const timeoutMs = requestTimeoutSeconds * 1_000
  return () => {
    const tokens: Record<string, Tokens[]> = {}
    for (const region of regions.length > 0 ? regions : ['']) {
      const target = targets[region] ?? ''
      tokens[target] ??= auth.prepare?.(createSend(target, undefined, timeoutMs)) ?? []
    }
    const hasTokens = Object.values(tokens).some((prepared) => prepared.length > 0)
    return { targets, ...(hasTokens && { tokens }) }
  }
}
