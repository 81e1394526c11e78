// Pure. What one machine of several is to do of a script's load.
import type { Scenario } from 'k6/options'
import type { ScenarioLoad } from '../../lib/plan.ts'
import type { Division } from '../segments/instance-plan.ts'
import { usersMax, usersOfPart } from '../segments/segments.ts'

/**
 * The scenarios with the iterations that are this machine's: k6 deals users out in turn, and iterations and rates go
 * with them (k6 v2.2.0, lib/execution_segment.go).
 */
export function loadsOfPart(
  loads: readonly ScenarioLoad[],
  scenarios: Readonly<Record<string, Scenario>>,
  { instances, machine }: Division,
): ScenarioLoad[] {
  if (!machine) return [...loads]
  const { part, of } = machine
  const dealt = (all: number): number => {
    const indexes = Array.from({ length: instances }, (_, at) => (part - 1) * instances + at)
    return indexes.reduce((sum, at) => sum + usersOfPart(all, at, instances * of), 0)
  }
  return loads.map((load) => {
    const { name, iterations } = load
    const scenario = scenarios[name]
    if (iterations === undefined || !scenario) return load
    const users = usersMax(scenario)
    const own = (dealt(users) / users) * iterations
    if (scenario.executor !== 'shared-iterations') return { ...load, iterations: own }
    const left = iterations % users
    const even = ((iterations - left) / users) * dealt(users)
    return { ...load, iterations: even + dealt(left) }
  })
}
