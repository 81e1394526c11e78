import { k6Context } from '../k6/k6-context.ts'
import { endProgress, progress, say } from '../core/console.ts'
import type { OpenTarget } from '../plan/open-target.ts'
import { interrupted } from '../plan/errors.ts'
import { findToxiproxy } from './find-toxiproxy.ts'
import { parseRegionLatency, type RegionLatency } from './region-latency.ts'
import { withRegionLatency } from './region-network.ts'

/** Puts the network in front of a target that is open. */
export type RegionNetworkOpener = (target: OpenTarget, stop: AbortSignal) => Promise<OpenTarget>

/**
 * Reads `--region-latency` before anything is started.
 *
 * @throws ToolkitError for what is no latency of a region of the scenario
 */
export function regionNetwork(text: string, regions: readonly string[]): RegionNetworkOpener {
  const latency = parseRegionLatency(text, regions)
  return async (target, stop) => {
    const context = k6Context({ env: process.env, say, progress, signal: stop })
    const binary = await findToxiproxy(context)
      .catch((error: unknown) => {
        throw stop.aborted ? interrupted() : error
      })
      .finally(endProgress)
    const opened = await withRegionLatency({ binary, target, regions, latency })
    say(`network of each region: ${regions.map((region) => delayText(region, latency)).join(', ')}`)
    return opened
  }
}

function delayText(region: string, latency: RegionLatency): string {
  const { latencyMs, jitterMs } = latency[region] ?? { latencyMs: 0, jitterMs: 0 }
  return `${region} +${latencyMs} ms${jitterMs > 0 ? ` (±${jitterMs})` : ''}`
}
