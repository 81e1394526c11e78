import { DEFAULT_SETTINGS } from '../../lib/run-settings.ts'
import { formatError } from '../core/errors.ts'
import { bundleScenario } from '../plan/bundle.ts'
import { bundleRequest, planRun } from '../plan/plan-run.ts'
import { readyK6 } from '../k6/k6-context.ts'
import { missingPart, scenarioFiles, workloadFolders } from '../plan/scenario-files.ts'

/**
 * Bundles every scenario on every workload, SLA thresholds included, with its own numbers. One that does not work
 * stops no other.
 *
 * @returns the exit code
 */
export async function buildAll(): Promise<number> {
  const { path: k6 } = await readyK6()
  const startedAtMs = performance.now()
  const pairs = workloadFolders().flatMap((workload) =>
    scenarioFiles()
      .filter(({ name }) => missingPart(name, workload) === undefined)
      .map(({ name: scenario }) => ({ workload, scenario })),
  )
  const paths: string[] = []
  for (const { workload, scenario } of pairs) {
    const settings = { ...DEFAULT_SETTINGS, scenario }
    try {
      const planned = await planRun({ workload, settings, k6, env: process.env, elsewhere: true })
      paths.push((await bundleScenario(bundleRequest(workload, planned))).path)
    } catch (error) {
      process.stderr.write(`${workload.name}: ${formatError(error)}\n`)
    }
  }
  const ms = Math.round(performance.now() - startedAtMs)
  process.stdout.write(`${paths.join('\n')}\n${paths.length} bundles in ${ms} ms\n`)
  return paths.length === pairs.length ? 0 : 2
}
