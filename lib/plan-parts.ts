// Pure: read by k6 and by Node. How a scenario is divided: by region, by operation, or not at all.
import type { BuiltPlan, ScenarioDefinition } from './build-plan.ts'
import type { Region } from './k6-scenarios.ts'
import type { LoadShape } from './load-shapes.ts'
import { peakTarget, SettingsError } from './phases.ts'
import type { Part } from './plan.ts'
import type { RunSettings } from './run-settings.ts'
import { divideExactly, nextFull } from './shares.ts'

/** The k6 scenarios that share the load. @throws SettingsError that names one with nothing to do */
export const partsOf = (
  definition: ScenarioDefinition,
  settings: RunSettings,
  shape: LoadShape,
): Part[] => {
  const parts = dividedParts(definition, settings)
  requireShares(shape, parts)
  return parts
}

const dividedParts = (
  definition: ScenarioDefinition,
  { scenario, cloud }: Pick<RunSettings, 'scenario' | 'cloud'>,
): Part[] => {
  const { workload, regions, scenarioPerOperation } = definition
  // Each load zone runs its share of every k6 scenario: one for each region would run in all zones.
  if (regions && cloud?.execution === 'cloud') {
    return [{ name: scenario, weight: 1, regions: Object.keys(regions) }]
  }
  if (regions) {
    return Object.entries(regions).map(([region, { share }]) => {
      return { name: region, weight: share, region }
    })
  }
  if (scenarioPerOperation) {
    return Object.entries(workload.operations).map(([operation, { weight }]) => {
      return { name: operation, weight, operation }
    })
  }
  return [{ name: scenario, weight: 1 }]
}

// k6 refuses a scenario without users, but only once it has been started.
const requireShares = (shape: LoadShape, parts: readonly Part[]): void => {
  const weights = parts.map(({ weight }) => weight)
  const empty = parts.find(({ weight }) => !(weight > 0))
  if (empty) throw new SettingsError(`Expected a share above 0 for ${empty.name}, got none`)
  const hasUsers = shape.model === 'closed' || shape.iterationsPerUser !== undefined
  if (!hasUsers) return
  const users = peakTarget(shape)
  const idle = divideExactly(users, weights).indexOf(0)
  const { name, weight = 0 } = parts[idle] ?? {}
  if (name === undefined) return
  const total = weights.reduce((sum, each) => sum + each, 0)
  const percent = Math.round((100 * weight) / total)
  throw new SettingsError(
    `Expected more than ${users} users: ${name} has ${percent} % of them, which rounds to 0; ` +
      `${nextFull(users, weights)} are enough`,
  )
}

/** Percent of the users in each load zone of Grafana Cloud k6. */
export const distributionOf = (
  regions: Record<string, Region>,
): NonNullable<BuiltPlan['distribution']> => {
  const entries = Object.entries(regions)
  const percents = divideExactly(
    100,
    entries.map(([, { share }]) => share),
  )
  return Object.fromEntries(
    entries.map(([region, { loadZone }], index) => {
      return [region, { loadZone, percent: percents[index] ?? 0 }]
    }),
  )
}
