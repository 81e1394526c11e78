import { transform } from 'esbuild'
import { DEFAULT_SETTINGS } from '../../lib/run-settings.ts'
import { bundleScenario } from '../../scripts/run/bundle.ts'
import { bundleRequest, planRun } from '../../scripts/run/plan-run.ts'
import { missingPart, scenarioFiles, workloadFolders } from '../../scripts/run/scenario-files.ts'
import type { Row } from './report.ts'

const KB_MAX = 24

/** The largest bundle with its SLA thresholds: every user evaluates it. */
export async function benchBundleSize(k6: string): Promise<Row[]> {
  let largest = { name: '', bytes: 0 }
  for (const workload of workloadFolders()) {
    for (const { name: scenario } of scenarioFiles()) {
      if (missingPart(scenario, workload) !== undefined) continue
      const planned = await planRun({
        workload,
        settings: { ...DEFAULT_SETTINGS, scenario },
        k6,
        env: process.env,
      })
      const { script } = await bundleScenario(bundleRequest(workload, planned))
      const { code } = await transform(script, { minify: true, charset: 'utf8' })
      const bytes = Buffer.byteLength(code)
      if (bytes > largest.bytes) largest = { name: `${scenario} on ${workload.name}`, bytes }
    }
  }
  const kb = largest.bytes / 1_024
  return [
    {
      budget: `largest bundle, minified: at most ${KB_MAX} KB`,
      measured: `${kb.toFixed(1)} KB, ${largest.name}`,
      holds: kb <= KB_MAX,
    },
  ]
}
