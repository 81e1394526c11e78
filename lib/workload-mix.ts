// Pure: read by k6 and by Node. Chooses the operations of a run and their weights.
import { SettingsError } from './phases.ts'
import type { Workload } from './workload.ts'

/**
 * The workload with the operations and weights of one of its mixes; without a name, with its own weights, leaving out
 * operations of weight 0.
 *
 * @throws SettingsError when there is no such mix
 */
export const withMix = (workload: Workload, mix?: string): Workload => {
  const operations = Object.entries(workload.operations)
  const weights = mix === undefined ? ownWeights(workload) : mixOf(workload, mix)
  const mixed = operations.flatMap(([name, operation]) => {
    const weight = weights[name] ?? 0
    return weight > 0 ? [[name, { ...operation, weight }] as const] : []
  })
  return { ...workload, operations: Object.fromEntries(mixed) }
}

const ownWeights = ({ operations }: Workload): Record<string, number> =>
  Object.fromEntries(Object.entries(operations).map(([name, { weight }]) => [name, weight]))

const mixOf = ({ name, mixes = {} }: Workload, mix: string): Record<string, number> => {
  const weights = mixes[mix]
  if (weights) return weights
  const names = Object.keys(mixes)
  const known = names.length > 0 ? `one of ${names.join(', ')}` : `left out, as ${name} has none`
  throw new SettingsError(`Expected --mix to be ${known}, got "${mix}"`)
}
