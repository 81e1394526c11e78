// Pure. The options of a k6 script as k6 has put them together, and what they come to.
import type { Options, Scenario } from 'k6/options'

/** k6 writes what is not set as null. */
export type RawOptions = { [Name in keyof Options]?: Options[Name] | null } & {
  executionSegment?: string | null
}

/** A scenario of any executor, with all that k6 allows. */
export type AnyScenario = Record<string, unknown> & { executor: Scenario['executor'] }

/** What is set of them. */
export function setOptions(raw: RawOptions): Options {
  const set: [string, unknown][] = Object.entries(raw)
  return Object.fromEntries(set.filter(([, value]) => value !== null && value !== undefined))
}

/**
 * The scenarios that k6 makes of the options: its own rules for the shortcuts (k6 v2.2.0,
 * lib/executor/execution_config_shortcuts.go).
 */
export function scenariosOf(options: Options): Record<string, AnyScenario> {
  const { vus, iterations, duration, stages, scenarios } = options
  const one = (scenario: AnyScenario): Record<string, AnyScenario> => ({ default: scenario })
  if (iterations !== undefined) {
    const longest = duration === undefined ? {} : { maxDuration: duration }
    return one({ executor: 'shared-iterations', vus: vus ?? 1, iterations, ...longest })
  }
  if (duration !== undefined) return one({ executor: 'constant-vus', vus: vus ?? 1, duration })
  if (stages && stages.length > 0) {
    return one({ executor: 'ramping-vus', startVUs: vus ?? 1, stages })
  }
  if (vus !== undefined && !stages) {
    return one({ executor: 'shared-iterations', vus, iterations: vus })
  }
  if (scenarios && Object.keys(scenarios).length > 0) {
    return scenarios as unknown as Record<string, AnyScenario>
  }
  return one({ executor: 'per-vu-iterations', vus: 1, iterations: 1 })
}
