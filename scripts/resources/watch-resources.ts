import { watchHost } from './watch-host.ts'
import type { ExecuteInput } from '../run/execute-run.ts'
import type { RunningScrapes } from '../server-metrics/scrape-servers.ts'

/**
 * Begins to look at the machine that makes the load and, where an objective or the user asks for it, to read the
 * metrics of the targets. It returns when the load may begin.
 *
 * @returns what ends both
 */
export async function watchResources(input: ExecuteInput): Promise<() => Promise<void>> {
  const scrapes = await serverMetricsOf(input)
  const host = watchHost(input.folder.path)
  return async () => {
    await Promise.all([scrapes?.stop(), host.stop()])
  }
}

// The code is loaded only where somebody asks for it.
async function serverMetricsOf(input: ExecuteInput): Promise<RunningScrapes | undefined> {
  const { folder, planned, target, serverMetrics: choice, stop } = input
  const { objectives } = planned
  const isAsked = objectives.some(({ objective }) => objective.indicator.kind === 'server')
  if (!isAsked && !choice?.servers) return undefined
  const { startServerMetrics } = await import('../server-metrics/start-server-metrics.ts')
  const targets = target.behind ?? target.targets
  const of = { folder: folder.path, choice, targets, objectives }
  return startServerMetrics({ ...of, env: process.env, stop })
}
