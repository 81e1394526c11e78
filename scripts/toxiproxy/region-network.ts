import type { OpenTarget } from '../plan/open-target.ts'
import { regionLatencyUnusable } from './errors.ts'
import type { RegionLatency } from './region-latency.ts'
import { startToxiproxy } from './toxiproxy-server.ts'

export interface RegionNetwork {
  /** Path of toxiproxy-server. */
  binary: string
  target: OpenTarget
  regions: readonly string[]
  latency: RegionLatency
}

/**
 * Puts a network of its own between each region and the target: the regions' URLs are those of proxies
 * on this machine that delay every answer.
 *
 * @returns the target as k6 is to see it; closing it ends the proxies, then the target
 * @throws ToolkitError, with the target left open, when the proxies cannot be made
 */
export async function withRegionLatency(network: RegionNetwork): Promise<OpenTarget> {
  const { binary, target, regions, latency } = network
  const { base, byRegion } = target.targets
  const upstreams = regions.map((region) => {
    return { region, url: checkedUrl(byRegion[region] ?? base ?? '') }
  })
  const toxiproxy = await startToxiproxy(binary)
  try {
    const proxied: Record<string, string> = {}
    for (const { region, url } of upstreams) {
      // Also without a latency: a proxy's own hundred microseconds must be the same for all.
      const listen = await toxiproxy.addProxy(region, `${url.hostname}:${url.port || '80'}`)
      const own = latency[region]
      if (own) await toxiproxy.addLatency(region, own)
      proxied[region] = `http://${listen}${url.pathname.replace(/\/+$/, '')}`
    }
    return {
      ...target,
      // Only the proxies: a redirect to what is behind them would be faster than its region.
      targets: { byRegion: proxied },
      behind: target.targets,
      regionLatency: latency,
      pids: [...target.pids, toxiproxy.pid],
      close: async () => {
        await toxiproxy.stop()
        await target.close()
      },
    }
  } catch (error) {
    await toxiproxy.stop()
    throw error
  }
}

// A certificate is for the name of its host, and nobody's is for a proxy on this machine.
function checkedUrl(text: string): URL {
  const url = new URL(text)
  if (url.protocol === 'http:') return url
  throw regionLatencyUnusable('used with an http:// target', text)
}
