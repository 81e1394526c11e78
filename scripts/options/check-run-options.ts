import { checkDivision, type Division } from '../segments/instance-plan.ts'
import type { PlannedRun } from '../plan/plan-run.ts'
import { parseTargets, requirePermission, type Targets } from '../plan/target.ts'
import {
  type ServerMetricsChoice,
  serverMetricsChoice,
} from '../server-metrics/start-server-metrics.ts'
import type { RegionNetworkOpener } from '../toxiproxy/open-region-network.ts'
import { divisionOf } from './division-options.ts'
import type { RunOptions } from './run-options.ts'
import { DEFAULT_SETTINGS, type RunSettings } from '../../lib/run-settings.ts'

/** What the options of a run say beside its plan. */
export interface CheckedOptions {
  targets: Targets
  serverMetrics: ServerMetricsChoice
  division: Division | undefined
  openNetwork: RegionNetworkOpener | undefined
}

/**
 * Holds the options of a run against its plan. Nothing is started, so a suite does it for all of its runs beforehand.
 *
 * @throws ToolkitError for the first option that does not fit
 */
export async function checkRunOptions(
  { evaluated }: PlannedRun,
  options: RunOptions,
): Promise<CheckedOptions> {
  const { plan, scenarios } = evaluated
  const { out: outputs, webDashboard, regionLatency } = options
  const targets = parseTargets(options.target, plan.regions)
  const serverMetrics = serverMetricsChoice(options, plan.regions)
  requirePermission(targets, { ...plan, confirmed: options.iOwnThisTarget })
  const division = divisionOf(options)
  checkDivision(division, { scenarios, outputs, webDashboard })
  const openNetwork = await networkOf(regionLatency, plan.regions)
  return { targets, serverMetrics, division, openNetwork }
}

// Code that most runs do not need is loaded only for those that do.
async function networkOf(
  regionLatency: string | undefined,
  regions: readonly string[],
): Promise<RegionNetworkOpener | undefined> {
  if (regionLatency === undefined) return undefined
  const { regionNetwork } = await import('../toxiproxy/open-region-network.ts')
  return regionNetwork(regionLatency, regions)
}

/** A first run must show its result soon; a target of the user's own runs at full length. */
const SANDBOX_TIME_SCALE = 0.1

/** By what all durations of a run are multiplied. */
export function timeScaleOf({ timeScale, target }: RunOptions): number {
  return timeScale ?? (target.length === 0 ? SANDBOX_TIME_SCALE : 1)
}

/** What of the command line is baked into the bundle. */
export function settingsOf(
  scenario: string,
  options: RunOptions,
  { id, timeScale }: { id: string; timeScale: number },
): RunSettings {
  const { profile, mix, model, users, rate, fromRate, poolUsers, duration, seed } = options
  return {
    ...DEFAULT_SETTINGS,
    scenario,
    seed,
    timeScale,
    ...(profile !== undefined && { profile }),
    ...(mix !== undefined && { mix }),
    ...(model && { model }),
    ...(users !== undefined && { users }),
    ...(poolUsers !== undefined && { poolUsers }),
    ...(rate !== undefined && { ratePerSecond: rate }),
    ...(fromRate !== undefined && { fromRatePerSecond: fromRate }),
    ...(duration !== undefined && { duration }),
    // A tag on every sample costs: it is for those that leave this machine.
    ...(leavesMachine(options) && { testid: id }),
  }
}

function leavesMachine({ out, prometheus }: RunOptions): boolean {
  return out.length > 0 || prometheus !== undefined
}
