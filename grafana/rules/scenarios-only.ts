import type { Objective } from '../../scripts/indicators/objective.ts'
import { quoted } from './promql.ts'

/** What to add to an expression so that it only holds in the scenarios of an objective; may be empty. */
export function scenariosOnly({ scenarios }: Pick<Objective, 'scenarios'>): string {
  if (scenarios === undefined) return ''
  const runs = scenarios.map((entry) => {
    const [scenario = '', profile] = entry.split(':')
    const matchers = [`run_scenario=${quoted(scenario)}`]
    if (profile !== undefined) matchers.push(`profile=${quoted(profile)}`)
    return `k6_verdict_run_info{${matchers.join(',')}}`
  })
  return `\nand on (testid) (${runs.join(' or ')})`
}
