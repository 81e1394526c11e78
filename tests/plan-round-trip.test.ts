// Whatever a plan says, it says in YAML, JSON and TypeScript alike.
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import type { Plan } from '../lib/plan-file/plan-file.ts'
import { checkPlan } from '../scripts/plan-file/check-plan.ts'
import { planText } from '../scripts/plan-file/write-plan.ts'
import { readPlanSource } from '../scripts/plan-file/plan-source.ts'
import { randomPlan } from './plan-file/random-plan.ts'

let folder: string
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'k6v-plans-'))
})
after(() => rm(folder, { recursive: true, force: true }))

/** Writes a plan and reads it again, as somebody else would. */
async function through(plan: Plan, ending: string): Promise<Plan> {
  const path = join(folder, `plan${ending}`)
  await writeFile(path, planText(plan, path))
  const source = await readPlanSource(path)
  const checked = await checkPlan(source)
  if ('problems' in checked) assert.fail(JSON.stringify(checked.problems))
  return checked.plan
}

test('a random plan is the same after YAML, JSON and TypeScript, one after the other', async () => {
  await fc.assert(
    fc.asyncProperty(randomPlan, async (plan) => {
      const yaml = await through(plan, '.yaml')
      const json = await through(yaml, '.json')
      const code = await through(json, '.ts')
      assert.deepEqual(code, plan)
      // The mix depends on the order of the operations, the default on that of the profiles.
      for (const field of ['operations', 'profiles'] as const) {
        assert.deepEqual(Object.keys(code[field] ?? {}), Object.keys(plan[field] ?? {}))
      }
    }),
    { numRuns: 40 },
  )
})
