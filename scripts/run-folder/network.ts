import type { Manifest } from './manifest.ts'

/** What the command line says of the network. */
export interface NetworkOptions {
  /** URL of an HTTP proxy. */
  proxy?: string
  /** Certificates are not checked. */
  insecure?: boolean
}

/** Variables by which k6 is told. It never sends requests to this machine itself through a proxy. */
export function networkEnvironment({ proxy, insecure }: NetworkOptions): Record<string, string> {
  return {
    ...(proxy !== undefined && { HTTP_PROXY: proxy, HTTPS_PROXY: proxy }),
    ...(insecure && { K6_INSECURE_SKIP_TLS_VERIFY: 'true' }),
  }
}

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
