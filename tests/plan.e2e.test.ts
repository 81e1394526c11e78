// What k6 says of a script before the start is what it does.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { execa } from 'execa'
import type { ScriptFacts } from '../lib/k6-options.ts'
import { DEFAULT_SETTINGS } from '../lib/run-settings.ts'
import { bundleScenario } from '../scripts/plan/bundle.ts'
import { bundleRequest, planRun } from '../scripts/plan/plan-run.ts'
import { missingPart, scenarioFiles, workloadFolders } from '../scripts/plan/scenario-files.ts'
import { realK6 } from './k6.ts'

let k6: string

before(async () => {
  k6 = (await realK6()).path
})

interface Inspected {
  ext: Record<string, ScriptFacts>
  thresholds: Record<string, (string | { threshold: string })[]>
  scenarios: Record<string, unknown>
}

for (const workload of workloadFolders()) {
  for (const { name: scenario } of scenarioFiles()) {
    if (missingPart(scenario, workload) !== undefined) continue
    test(`the script of ${scenario} on ${workload.name} has the plan that k6 has said`, async () => {
      const settings = { ...DEFAULT_SETTINGS, scenario }
      const planned = await planRun({ workload, settings, k6, env: process.env })
      const { path } = await bundleScenario(bundleRequest(workload, planned))
      const { stdout } = await execa(k6, ['inspect', path])
      const inspected = JSON.parse(stdout) as Inspected

      const { plan, metrics, files = [] } = planned.evaluated
      const { files: copied, ...facts } = inspected.ext['k6-verdict'] ?? { files: [] }
      assert.deepEqual(facts, { ...plan, metrics })
      // Of the script that runs they lie beside it.
      assert.equal(copied.length, files.length)
      assert.deepEqual(
        Object.keys(inspected.scenarios).sort(),
        Object.keys(planned.evaluated.scenarios).sort(),
      )
      assert.deepEqual(
        Object.keys(inspected.thresholds).sort(),
        Object.keys(planned.settings.thresholds).sort(),
      )
    })
  }
}
