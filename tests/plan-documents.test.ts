// docs/plans.md tells the truth: its plans are plans, and it has every field of the schema.
import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { parse } from 'yaml'
import schema from '../plans/plan.schema.json' with { type: 'json' }
import type { Plan } from '../lib/plan-file/plan-file.ts'
import { readPlan } from '../scripts/plan-file/check-plan.ts'
import { planText } from '../scripts/plan-file/write-plan.ts'
import { planOfModule } from '../scripts/plan-file/plan-source.ts'
import { projectPath } from '../scripts/core/project.ts'

const text = await readFile(projectPath('docs', 'plans.md'), 'utf8')

/** The blocks of one language, in their order. */
const blocksOf = (language: string): string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\`$`, 'gm'))].map(
    ([, block = '']) => block,
  )

/** A folder from which `../lib` is the library, for as long as a test lasts. */
async function besideLib(run: (folder: string) => Promise<void>): Promise<void> {
  await mkdir(projectPath('build'), { recursive: true })
  const folder = await mkdtemp(projectPath('build', 'plans-'))
  try {
    await run(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

test('the plans of the document are plans', () =>
  besideLib(async (folder) => {
    const [whole = '', load = ''] = blocksOf('yaml')
    const [code = ''] = blocksOf('ts')
    await writeFile(join(folder, 'users.csv'), 'username,password\nann,pass\n')
    await writeFile(join(folder, 'products.csv'), 'sku,price\npen,2\n')
    await writeFile(join(folder, 'whole.yaml'), whole)
    const { plan } = await readPlan(join(folder, 'whole.yaml'))
    assert.equal(plan.name, 'checkout')
    await writeFile(join(folder, 'load.yaml'), whole.replace(/^load: .*\n/m, load))
    const { loads } = await readPlan(join(folder, 'load.yaml'))
    assert.deepEqual(
      loads[0]?.run.phases.map(({ name }) => name),
      ['warm-up', 'sale', 'recovery-1'],
    )
    await writeFile(join(folder, 'code.ts'), code.replace('../lib/', '../../lib/'))
    assert.equal((await readPlan(join(folder, 'code.ts'))).plan.name, 'checkout')
  }))

test('the document has every field of a plan and of a request, every log-in and every shape', () => {
  const { load, login, request } = schema.definitions
  const words = [
    ...Object.keys(schema.properties).filter((field) => field !== '$schema'),
    ...Object.keys(request.properties),
    ...load.oneOf.map(({ properties }) => properties.shape.const),
    ...login.oneOf.map(({ properties }) => properties.strategy.const),
  ]
  const missing = words.filter(
    (word) => !text.includes(`\`${word}\``) && !text.includes(`\`${word}:`),
  )
  assert.deepEqual(missing, [])
})

test('a plan on a workload, with an SLA file beside it, is the same in TypeScript', () =>
  besideLib(async (folder) => {
    const plan: Plan = {
      ...{ name: 'rush', workload: 'better-prompts', sla: '../sla.json' },
      profiles: { quick: { shape: 'everyOperationOnce', maxDuration: '5s' } },
      scenarioPerOperation: true,
    }
    const path = join(folder, 'rush.ts')
    await writeFile(path, planText(plan, path))
    assert.deepEqual(await planOfModule(path), plan)
    assert.deepEqual(parse(planText(plan, join(folder, 'rush.yaml'))), plan)
  }))
