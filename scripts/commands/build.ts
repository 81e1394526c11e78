import { DEFAULT_SETTINGS } from '../../lib/run-settings.ts'
import { bundleScenario } from '../run/bundle.ts'
import { bundleRequest, planRun } from '../run/plan-run.ts'
import { missingPart, scenarioFiles, workloadFolders } from '../run/scenario-files.ts'

/** Bundles every scenario on every workload, SLA thresholds included, with its own numbers. */
export async function buildAll(): Promise<void> {
  const startedAtMs = performance.now()
  const pairs = workloadFolders().flatMap((workload) =>
    scenarioFiles()
      .filter(({ name }) => missingPart(name, workload) === undefined)
      .map(({ name: scenario }) => ({ workload, scenario })),
  )
  const paths = await Promise.all(
    pairs.map(async ({ workload, scenario }) => {
      const settings = { ...DEFAULT_SETTINGS, scenario }
      const planned = await planRun({ workload, settings })
      return (await bundleScenario(bundleRequest(workload, planned))).path
    }),
  )
  const ms = Math.round(performance.now() - startedAtMs)
  process.stdout.write(`${paths.join('\n')}\n${paths.length} bundles in ${ms} ms\n`)
}
