import { parseDuration } from '../../lib/duration.ts'
import { regionLatencyUnusable } from './errors.ts'
import type { Latency } from './toxiproxy-server.ts'

/** What the network adds to each answer, by region. */
export type RegionLatency = Record<string, Latency>

/** Round trips to an API on the east coast of the United States, rounded. */
const DEFAULTS_MS: Record<string, number> = { 'us-east': 20, 'eu-west': 80, 'ap-south': 180 }

/** Networks are never quite even. */
const JITTER_SHARE = 0.1

const LATENCY_MS_MAX = 60_000

/**
 * Reads `--region-latency`: `default`, or `<region>=<time>` with commas between them; a region that is
 * not named has none.
 *
 * @throws ToolkitError for unknown regions and for what is no time
 */
export function parseRegionLatency(text: string, regions: readonly string[]): RegionLatency {
  if (regions.length === 0) {
    throw regionLatencyUnusable('left out: this scenario has no regions', `"${text}"`)
  }
  const entries = text === 'default' ? defaultsOf(regions) : text.split(',').map(entryOf)
  for (const [region] of entries) {
    if (!regions.includes(region)) {
      throw regionLatencyUnusable(`for a region of the scenario (${regions.join(', ')})`, region)
    }
  }
  return Object.fromEntries(
    entries.map(([region, latencyMs]) => {
      return [region, { latencyMs, jitterMs: Math.round(latencyMs * JITTER_SHARE) }]
    }),
  )
}

function defaultsOf(regions: readonly string[]): [string, number][] {
  return regions.map((region) => {
    const latencyMs = DEFAULTS_MS[region]
    if (latencyMs !== undefined) return [region, latencyMs]
    throw regionLatencyUnusable(`given for ${region}, which has no default`, '"default"')
  })
}

function entryOf(text: string): [string, number] {
  const [, region, time] = /^([\w-]+)=(.+)$/.exec(text.trim()) ?? []
  if (region === undefined || time === undefined) {
    throw regionLatencyUnusable('<region>=<time>, with commas between them', `"${text}"`)
  }
  const latencyMs = msOf(time)
  if (latencyMs === undefined || latencyMs > LATENCY_MS_MAX) {
    throw regionLatencyUnusable('a time up to 60s such as 80ms', `"${time}"`)
  }
  return [region, latencyMs]
}

function msOf(time: string): number | undefined {
  try {
    return Math.round(parseDuration(time) * 1_000)
  } catch {
    return undefined
  }
}
