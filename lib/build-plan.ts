// Pure: read by k6 and by Node. What a scenario file says + one run's settings -> what will run.
import type { Options } from 'k6/options'
import { declaredEndpoints, followsRedirects, optionalEndpoints } from './endpoint.ts'
import { inBrowser, type Region, k6Scenarios, oneUser, plannedSeconds } from './k6-scenarios.ts'
import type { LoadShape } from './load-shapes.ts'
import { applySettings, peakTarget, phasesOf, SettingsError } from './phases.ts'
import type { Part, RunPlan } from './plan.ts'
import type { RunSettings } from './run-settings.ts'
import { divideExactly, nextFull } from './shares.ts'
import { meanThinkSeconds } from './think-time.ts'
import { waitsOf } from './waits.ts'
import type { Workload } from './workload.ts'
import type { WorkloadOptions } from './workload-options.ts'

/** A scenario file in data: which workload, which load, and how it is divided. */
export interface ScenarioDefinition {
  workload: Workload
  /** The load, or named loads of which `--profile` picks one (the first is the default). */
  shape: LoadShape | Record<string, LoadShape>
  /** One k6 scenario for each region, at the same time. */
  regions?: Record<string, Region>
  /** One k6 scenario for each operation: the mix then holds even when one of them slows down. */
  scenarioPerOperation?: boolean
  /** What of the run is judged; see RunPlan. @default 'all' */
  judges?: RunPlan['judges']
}

/** Everything that is known before the run starts. */
export interface BuiltPlan {
  plan: RunPlan
  scenarios: NonNullable<Options['scenarios']>
  /** What the workload asks of k6. */
  workloadOptions?: WorkloadOptions
  /** `options.cloud.distribution` of Grafana Cloud k6. */
  distribution?: Record<string, { loadZone: string; percent: number }>
}

/** Where the cloud makes the load of a scenario without regions; its own default has changed before. */
const ONE_REGION: Record<string, Region> = {
  'us-east': { share: 1, loadZone: 'amazon:us:ashburn' },
}

/**
 * Works out k6 scenarios and the phase timeline.
 *
 * @throws SettingsError when a number of the run does not fit the scenario
 */
export const buildPlan = (definition: ScenarioDefinition, settings: RunSettings): BuiltPlan => {
  const { workload, regions = {}, judges = 'all' } = definition
  const { shape: chosen, profile, profiles } = chooseShape(definition, settings)
  const shape = applySettings(chosen, settings)
  const parts = partsOf(definition, settings)
  requireShares(shape, parts)
  const durationSeconds = plannedSeconds(shape)
  const waits = waitsOf(workload, durationSeconds)
  const { requestTimeoutSeconds, gracefulStopSeconds } = waits
  const zones = definition.regions ?? (settings.cloud && ONE_REGION)
  const scenarios =
    shape.model === 'once'
      ? oneUser(settings.scenario, shape, {
          iterations: Object.keys(workload.operations).length,
          waits,
        })
      : k6Scenarios(shape, parts, waits)
  return {
    plan: {
      workload: workload.name,
      ...(profile !== undefined && { profile }),
      profiles,
      model: shape.model,
      target: peakTarget(shape),
      phases: phasesOf(shape),
      durationSeconds,
      parts,
      regions: Object.keys(regions),
      operations: Object.keys(workload.operations),
      operationShares: operationShares(workload, shape),
      endpoints: declaredEndpoints(),
      optionalEndpoints: optionalEndpoints(),
      followsRedirects: followsRedirects(),
      judges,
      thinkSeconds: meanThinkSeconds(workload.thinkTime),
      requestTimeoutSeconds,
      gracefulStopSeconds,
    },
    scenarios: workload.browser ? inBrowser(scenarios) : scenarios,
    workloadOptions: { ...workload.auth.k6Options, ...workload.k6Options },
    ...(zones && { distribution: distributionOf(zones) }),
  }
}

const chooseShape = ({ shape }: ScenarioDefinition, { profile }: RunSettings) => {
  if (isLoadShape(shape)) {
    if (profile === undefined) return { shape, profiles: [] }
    throw new SettingsError(`Expected no --profile for this scenario, got "${profile}"`)
  }
  const profiles = Object.keys(shape)
  const name = profile ?? profiles[0] ?? ''
  const chosen = shape[name]
  if (chosen) return { shape: chosen, profile: name, profiles }
  throw new SettingsError(`Expected --profile to be one of ${profiles.join(', ')}, got "${name}"`)
}

const isLoadShape = (shape: ScenarioDefinition['shape']): shape is LoadShape => {
  return Array.isArray(shape.steps)
}

// In one pass of one user each operation has its turn, whatever its weight.
const operationShares = (
  { operations }: Workload,
  { model }: LoadShape,
): Record<string, number> => {
  const weights = Object.entries(operations).map(([name, { weight }]) => {
    return [name, model === 'once' ? 1 : weight] as const
  })
  const total = weights.reduce((sum, [, weight]) => sum + weight, 0)
  return Object.fromEntries(weights.map(([name, weight]) => [name, weight / total]))
}

const partsOf = (
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
  if (shape.model !== 'closed') return
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

const distributionOf = (
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
