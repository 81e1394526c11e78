import type { Targets } from '../plan/target.ts'
import { say } from '../core/console.ts'
import type { CompiledObjective } from '../sla/compiled.ts'
import { givenServers, type MetricsServer, serversOfTargets } from './metrics-servers.ts'
import { type RunningScrapes, scrapeServers } from './scrape-servers.ts'
import { serverAlerts } from './server-alerts.ts'
import { isSystemMetric } from './system-names.ts'

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
