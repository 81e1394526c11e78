import type { Targets } from '../plan/target.ts'
import { say } from '../core/console.ts'
import type { CompiledObjective } from '../sla/compiled.ts'
import { type RunningScrapes, scrapeServers } from './scrape-servers.ts'
import { serverAlerts } from './server-alerts.ts'
import { isSystemMetric } from './parse-exposition.ts'
import { wrongServer } from './errors.ts'

/** What the command line says of the targets' metrics. */
export interface ServerMetricsChoice {
  /** Missing where nobody has named any. */
  servers?: readonly MetricsServer[]
  intervalMs: number
  insecure: boolean
}

export interface StartInput {
  folder: string
  choice: ServerMetricsChoice | undefined
  /** What is loaded. */
  targets: Targets
  objectives: readonly CompiledObjective[]
  env: NodeJS.ProcessEnv
  stop: AbortSignal
}

/** So long nothing is sent before a load, where an objective judges the idle target. */
const IDLE_MS = 5_000

const INTERVAL_MS = 1_000

/**
 * Reads the options.
 *
 * @throws ToolkitError for what is no URL, or no region
 */
export function serverMetricsChoice(
  options: { serverMetrics: readonly string[]; serverInterval?: number; insecure?: boolean },
  regions: readonly string[] = [],
): ServerMetricsChoice {
  const { serverMetrics, serverInterval, insecure = false } = options
  const servers = givenServers(serverMetrics, regions)
  return {
    ...(servers.length > 0 && { servers }),
    intervalMs: serverInterval === undefined ? INTERVAL_MS : serverInterval * 1_000,
    insecure,
  }
}

/**
 * Begins to read the metrics of the targets, where an objective needs them or the user has named them; undefined
 * where nobody does. It returns when the load may begin.
 */
export async function startServerMetrics(input: StartInput): Promise<RunningScrapes | undefined> {
  const { folder, choice, targets, objectives, env, stop } = input
  const wanted = objectives.flatMap(({ objective: { indicator }, absence }) =>
    indicator.kind === 'server' && absence === undefined ? indicator : [],
  )
  const servers = choice?.servers ?? (wanted.length > 0 ? serversOfTargets(targets) : [])
  if (servers.length === 0) return undefined
  const names = new Set(wanted.map(({ server }) => server))
  const running = scrapeServers({
    ...{ folder, servers, intervalMs: choice?.intervalMs ?? INTERVAL_MS },
    isWanted: (name) => names.has(name) || isSystemMetric(name),
    watch: serverAlerts(objectives, say),
    tell: say,
    authorization: env['SERVER_METRICS_AUTHORIZATION'],
    insecure: choice?.insecure,
  })
  if (wanted.some(({ when }) => when === 'idle')) await idleTime(stop)
  running.loadBegins()
  return running
}

function idleTime(stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, IDLE_MS)
    const end = (): void => {
      clearTimeout(timer)
      resolve()
    }
    stop.addEventListener('abort', end, { once: true })
    if (stop.aborted) end()
  })
}

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
