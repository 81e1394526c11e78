import type { Manifest } from './manifest.ts'

/**
 * What lies between k6 and the target, in words: `direct`, `from load zones`, or `us-east +20 ms, …`. Runs
 * that differ in it measure different things.
 */
export function networkText({ target, cloud }: Pick<Manifest, 'target' | 'cloud'>): string {
  if (cloud?.execution === 'cloud') return 'from load zones'
  const latency = Object.entries(target.regionLatency ?? {})
  if (latency.length === 0) return DIRECT
  return latency.map(([region, { latencyMs }]) => `${region} +${latencyMs} ms`).join(', ')
}

/** As most runs are. */
export const DIRECT = 'direct'
