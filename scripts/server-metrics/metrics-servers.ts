import type { Targets } from '../plan/target.ts'
import { wrongServer } from './errors.ts'

/** Where the metrics of a target are read. */
export interface MetricsServer {
  url: string
  /** As it may be written down: a query's values may be secrets. */
  shownUrl: string
  /** Missing where it stands for all regions without an address of their own. */
  region?: string
}

/**
 * Reads the values of `--server-metrics`: `<url>` or `<region>=<url>`.
 *
 * @throws ToolkitError for anything that is no http(s) URL without a name and a password
 */
export function givenServers(
  values: readonly string[],
  regions: readonly string[],
): MetricsServer[] {
  return values.map((value) => {
    const [, region, url = value] = /^([\w-]+)=(https?:.*)$/.exec(value) ?? []
    if (region === undefined) return serverAt(url)
    if (regions.includes(region)) return { ...serverAt(url), region }
    const known = regions.length === 0 ? 'this scenario has none' : regions.join(', ')
    throw wrongServer(shown(url), `for a region of the scenario (${known})`)
  })
}

/** Where targets usually have their metrics. */
export function serversOfTargets({ base, byRegion }: Targets): MetricsServer[] {
  const regional = Object.entries(byRegion).map(([region, url]) => {
    return { ...serverAt(`${url}/metrics`), region }
  })
  return base === undefined ? regional : [serverAt(`${base}/metrics`), ...regional]
}

function serverAt(text: string): MetricsServer {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw wrongServer(shown(text), 'an http:// or https:// URL')
  }
  if (url.username !== '' || url.password !== '') {
    throw wrongServer(shown(text), 'a URL without a name and a password')
  }
  return { url: url.href, shownUrl: shown(url.href) }
}

function shown(text: string): string {
  return text.replace(/[?#].*$/s, '').replace(/^([a-z][a-z\d+.-]*:)?[\\/]*.*@/is, '$1//***@')
}
