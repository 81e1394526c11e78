// Pure: read by k6 and by Node. What a scenario file says + one run's settings -> what will run.
import type { Options } from 'k6/options'
import type { Endpoint } from './endpoint.ts'
import { endpointFacts } from './endpoint-facts.ts'
import { inBrowser, type Region, k6Scenarios, oneUser, plannedSeconds } from './k6-scenarios.ts'
import type { LoadShape } from './load-shapes.ts'
import { applySettings, peakTarget, phasesOf, SettingsError } from './phases.ts'
import type { RunPlan } from './plan.ts'
import { distributionOf, partsOf } from './plan-parts.ts'
import type { RunSettings } from './run-settings.ts'
import { meanThinkSeconds } from './think-time.ts'
import { waitsOf } from './waits.ts'
import type { Workload } from './workload.ts'
import type { WorkloadOptions } from './workload-options.ts'

/** A scenario file in data: which workload, which load, and how it is divided. */
export interface ScenarioDefinition {
  workload: Workload
  /** Name of one of the workload's mixes, unless the run names another. */
  mix?: string
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
export const buildPlan = (
  definition: ScenarioDefinition,
  settings: RunSettings,
  endpoints: readonly Endpoint[],
): BuiltPlan => {
  const { workload } = definition
  const { shape: chosen, ...names } = chooseShape(definition, settings)
  const shape = applySettings(chosen, settings)
  const parts = partsOf(definition, settings, shape)
  const waits = waitsOf(workload, plannedSeconds(shape))
  const iterations = Object.keys(workload.operations).length
  const scenarios =
    shape.model === 'once' && shape.iterationsPerUser === undefined
      ? oneUser(settings.scenario, shape, { iterations, waits })
      : k6Scenarios(shape, parts, waits)
  return {
    plan: {
      ...names,
      ...loadOf(shape),
      ...workloadFacts(definition, shape),
      ...endpointFacts(endpoints),
      parts,
      requestTimeoutSeconds: waits.requestTimeoutSeconds,
      gracefulStopSeconds: waits.gracefulStopSeconds,
    },
    scenarios: workload.browser ? inBrowser(scenarios) : scenarios,
    workloadOptions: { ...workload.auth.k6Options, ...workload.k6Options },
    ...zonesOf(definition, settings),
  }
}

const zonesOf = ({ regions }: ScenarioDefinition, { cloud }: RunSettings) => {
  const zones = regions ?? (cloud && ONE_REGION)
  return zones && { distribution: distributionOf(zones) }
}

const loadOf = (shape: LoadShape) => ({
  model: shape.model,
  ...(shape.iterationsPerUser && { iterationsPerUser: shape.iterationsPerUser }),
  target: peakTarget(shape),
  phases: phasesOf(shape),
  durationSeconds: plannedSeconds(shape),
})

const workloadFacts = (
  { workload, regions = {}, judges = 'all' }: ScenarioDefinition,
  shape: LoadShape,
) => ({
  workload: workload.name,
  regions: Object.keys(regions),
  operations: Object.keys(workload.operations),
  operationShares: operationShares(workload, shape),
  judges,
  thinkSeconds: Math.max(meanThinkSeconds(workload.thinkTime), workload.iterationSecondsMin ?? 0),
})

const chooseShape = (definition: ScenarioDefinition, { profile, ...settings }: RunSettings) => {
  const { shape } = definition
  const mix = settings.mix ?? definition.mix
  const named = mix !== undefined && { mix }
  if (isLoadShape(shape)) {
    if (profile === undefined) return { shape, profiles: [], ...named }
    throw new SettingsError(`Expected no --profile for this scenario, got "${profile}"`)
  }
  const profiles = Object.keys(shape)
  const name = profile ?? profiles[0] ?? ''
  const chosen = shape[name]
  if (chosen) return { shape: chosen, profile: name, profiles, ...named }
  throw new SettingsError(`Expected --profile to be one of ${profiles.join(', ')}, got "${name}"`)
}

const isLoadShape = (shape: ScenarioDefinition['shape']): shape is LoadShape => {
  return Array.isArray(shape.steps)
}

// In one pass of one user each operation has its turn, whatever its weight.
const operationShares = (
  { operations }: Workload,
  { model, iterationsPerUser }: LoadShape,
): Record<string, number> => {
  const isOnePass = model === 'once' && iterationsPerUser === undefined
  const weights = Object.entries(operations).map(([name, { weight }]) => {
    return [name, isOnePass ? 1 : weight] as const
  })
  const total = weights.reduce((sum, [, weight]) => sum + weight, 0)
  return Object.fromEntries(weights.map(([name, weight]) => [name, weight / total]))
}
