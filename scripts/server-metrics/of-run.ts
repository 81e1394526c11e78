import type { ExecuteInput } from '../run/execute-run.ts'
import type { RunningScrapes } from './scrape-servers.ts'

/**
 * Begins to read the metrics of a run's targets, where an objective or the user asks for them; the code is loaded only
 * then. It returns when the load may begin.
 */
export async function serverMetricsOf(input: ExecuteInput): Promise<RunningScrapes | undefined> {
  const { folder, planned, target, serverMetrics: choice, stop } = input
  const { objectives } = planned
  const isAsked = objectives.some(({ objective }) => objective.indicator.kind === 'server')
  if (!isAsked && !choice?.servers) return undefined
  const { startServerMetrics } = await import('./start-server-metrics.ts')
  const targets = target.behind ?? target.targets
  const of = { folder: folder.path, choice, targets, objectives }
  return startServerMetrics({ ...of, env: process.env, stop })
}
