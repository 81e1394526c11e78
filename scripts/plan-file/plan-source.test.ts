import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { readPlan } from './check-plan.ts'

let folder: string
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'k6v-plan-'))
})
after(() => rm(folder, { recursive: true, force: true }))

const UNREADABLE: [file: string, text: string, code: string, says: RegExp][] = [
  ['a.yaml', 'a: [1\nb: 2', 'K6V_PLAN_SYNTAX', /2:1 /],
  ['twice.yaml', 'name: a\nname: b', 'K6V_PLAN_SYNTAX', /2:1 this key stands twice/],
  ['alias.yaml', 'a: *none', 'K6V_PLAN_SYNTAX', /alias/i],
  ['bomb.yaml', bomb(), 'K6V_PLAN_SYNTAX', /alias/i],
  ['deep.yaml', '['.repeat(5_000), 'K6V_PLAN_SYNTAX', /./],
  ['deeper.yaml', `a: ${'['.repeat(80)}${']'.repeat(80)}`, 'K6V_PLAN_SYNTAX', /50 levels/],
  ['tag.yaml', 'a: !!js/function "x"', 'K6V_PLAN_SYNTAX', /tag/i],
  ['a.json', '{ "name": "a", }', 'K6V_PLAN_SYNTAX', /1:14 /],
  ['large.yaml', `a: "${'x'.repeat(1_000_001)}"`, 'K6V_PLAN_UNREADABLE', /bytes/],
  ['a.toml', '', 'K6V_NOT_A_PLAN', /yaml/],
  ['throws.ts', "throw new Error('not today')", 'K6V_PLAN_MODULE', /not today/],
  ['none.ts', 'export const plan = 1', 'K6V_PLAN_MODULE', /undefined/],
  ['slip.ts', 'export default {', 'K6V_PLAN_MODULE', /line 1/],
]

/** Nine letters, each of nine aliases of the one before: a gigabyte of nothing. */
function bomb(): string {
  const lines = ['a0: &a0 [x]']
  for (let i = 1; i < 10; i++) lines.push(`a${i}: &a${i} [${`*a${i - 1},`.repeat(9)}]`)
  return lines.join('\n')
}

for (const [file, text, code, says] of UNREADABLE) {
  test(`${file} is no plan: ${code}`, async () => {
    const path = join(folder, file)
    await writeFile(path, text)
    await assert.rejects(readPlan(path), (error: Error & { code: string }) => {
      assert.equal(error.code, code, error.message)
      assert.match(error.message, says)
      return true
    })
  })
}

test('a file that is not there is told', async () => {
  await assert.rejects(readPlan(join(folder, 'nobody.yaml')), { code: 'K6V_PLAN_UNREADABLE' })
  await assert.rejects(readPlan(join(folder, 'nobody.ts')), { code: 'K6V_PLAN_UNREADABLE' })
})
