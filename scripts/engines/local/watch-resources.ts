import { watchHost } from '../../resources/watch-host.ts'
import type { ExecuteInput } from './executed-run.ts'
import type { RunningScrapes } from '../../server-metrics/scrape-servers.ts'

/**
 * Makes a run while the machine that makes the load is watched and, where an objective or the user needs it, the metrics
 * of the targets are read. Both end with the run, however it ends: else they would keep this process alive.
 *
 * @param run called when the load may begin
 */
export async function whileWatched<T>(input: ExecuteInput, run: () => Promise<T>): Promise<T> {
  const scrapes = await serverMetricsOf(input)
  const host = watchHost(input.folder.path)
  try {
    return await run()
  } finally {
    await Promise.all([scrapes?.stop(), host.stop()])
  }
}

// Most runs do not need the code.
async function serverMetricsOf(input: ExecuteInput): Promise<RunningScrapes | undefined> {
  const { folder, planned, target, serverMetrics: choice, stop } = input
  const { objectives } = planned
  const isAsked = objectives.some(({ objective }) => objective.indicator.kind === 'server')
  if (!isAsked && !choice?.servers) return undefined
  const { startServerMetrics } = await import('../../server-metrics/start-server-metrics.ts')
  const targets = target.behind ?? target.targets
  const of = { folder: folder.path, choice, targets, objectives }
  return startServerMetrics({ ...of, env: process.env, stop })
}
