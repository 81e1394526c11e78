// k6 and Node must read the same plan from the same script.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { execa } from 'execa'
import type { RunPlan } from '../lib/plan.ts'
import { DEFAULT_SETTINGS } from '../lib/run-settings.ts'
import { bundleScenario } from '../scripts/run/bundle.ts'
import { bundleRequest, planRun } from '../scripts/run/plan-run.ts'
import { missingPart, scenarioFiles, workloadFolders } from '../scripts/run/scenario-files.ts'
import { realK6 } from './k6.ts'

let k6: string

before(async () => {
  k6 = (await realK6()).path
})

interface Inspected {
  ext: Record<string, RunPlan>
  thresholds: Record<string, (string | { threshold: string })[]>
  scenarios: Record<string, unknown>
}

for (const workload of workloadFolders()) {
  for (const { name: scenario } of scenarioFiles()) {
    if (missingPart(scenario, workload) !== undefined) continue
    test(`k6 inspect sees the plan of ${scenario} on ${workload.name} as Node does`, async () => {
      const planned = await planRun({ workload, settings: { ...DEFAULT_SETTINGS, scenario } })
      const { path } = await bundleScenario(bundleRequest(workload, planned))
      const { stdout } = await execa(k6, ['inspect', path])
      const inspected = JSON.parse(stdout) as Inspected

      const { plan } = planned.evaluated
      assert.deepEqual(inspected.ext['k6-verdict'], plan)
      // The plan is baked into that bundle; k6 works out the same one from the scenario itself.
      const unbuilt = await bundleScenario({ workload, settings: planned.settings })
      const worked = JSON.parse((await execa(k6, ['inspect', unbuilt.path])).stdout) as Inspected
      assert.deepEqual(worked, inspected)
      assert.deepEqual(
        Object.keys(inspected.scenarios).sort(),
        Object.keys(planned.evaluated.options.scenarios ?? {}).sort(),
      )
      assert.deepEqual(
        Object.keys(inspected.thresholds).sort(),
        Object.keys(planned.settings.thresholds).sort(),
      )
    })
  }
}
