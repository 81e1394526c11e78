// setup() and teardown() of a run: once for all users, before any load and after all of it.
import { requireAllowedHosts, userPlanOf } from './before-the-run.ts'
import { declaredEndpoints, logInEndpoints } from './endpoint.ts'
import { allowedTargets, baseUrl } from './env.ts'
import { asLogIn, tagPreparation } from './log-in-tags.ts'
import type { RunPlan } from './plan.ts'
import { createSend, createSession } from './session.ts'
import type { Tokens } from './auth/tokens.ts'
import type { SetupData } from './vu-context.ts'
import type { Workload } from './workload.ts'

type SetupPlan = Pick<RunPlan, 'regions' | 'requestTimeoutSeconds'>

/**
 * setup() of a run: finds the targets, logs in, and lets the workload make its data. A wrong password or a dead
 * target ends the run there.
 */
export const setupOf = (plan: RunPlan, workload: Workload): (() => SetupData) => {
  const targets = targetsOf(plan)
  const whole = { targets, plan: userPlanOf(plan) }
  return () => {
    const endpoints = [...declaredEndpoints(), ...logInEndpoints()]
    requireAllowedHosts(endpoints, Object.values(targets), allowedTargets())
    tagPreparation()
    const tokens: Record<string, Tokens[]> = {}
    const data: Record<string, unknown> = {}
    for (const target of usedTargets(targets, plan)) {
      const timeoutMs = plan.requestTimeoutSeconds * 1_000
      const send = createSend(target, undefined, timeoutMs)
      const prepared = asLogIn(() => workload.auth.prepare?.(send) ?? [])
      if (prepared.length > 0) tokens[target] = prepared
      const session = createSession(workload.auth, { target, user: 1, prepared, timeoutMs })
      data[target] = workload.setup?.(session)
      if (data[target] instanceof Promise) throw new Error(NO_PROMISE)
    }
    const hasTokens = Object.keys(tokens).length > 0
    return { ...whole, ...(hasTokens && { tokens }), ...(workload.setup && { data }) }
  }
}

/** teardown() of a run: the workload removes what its setup has made. */
export const teardownOf = (plan: SetupPlan, workload: Workload): ((data?: SetupData) => void) => {
  return (setupData) => {
    if (!workload.teardown || !setupData) return
    const { targets, tokens = {}, data = {} } = setupData
    tagPreparation()
    for (const target of usedTargets(targets, plan)) {
      const timeoutMs = plan.requestTimeoutSeconds * 1_000
      const prepared = tokens[target] ?? []
      const session = createSession(workload.auth, { target, user: 1, prepared, timeoutMs })
      workload.teardown(session, data[target])
    }
  }
}

/** k6 ends with another exit code where an async setup() throws, and nobody would know why. */
const NO_PROMISE =
  "Expected the workload's setup to return its data, got a promise: session.send() waits by itself"

// The first is for users without a region, and for those in a load zone that is none of them.
const targetsOf = ({ regions }: SetupPlan): Record<string, string> => {
  const regional = regions.map((region) => [region, baseUrl(region)])
  return { '': baseUrl(), ...(Object.fromEntries(regional) as Record<string, string>) }
}

const usedTargets = (targets: Record<string, string>, { regions }: SetupPlan): string[] => {
  const used = regions.length > 0 ? regions : ['']
  return [...new Set(used.map((region) => targets[region] ?? ''))]
}
