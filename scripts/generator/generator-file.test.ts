import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { sample, seconds } from '../../tests/support/verdict/generator-example.ts'
import { keepGenerator } from './generator-file.ts'

test('each figure is a list of all seconds, and one that nobody knew is left out', async (t) => {
  const folder = await createFolder(t)
  await keepGenerator(folder, [...seconds(2), sample(3, { k6WaitingThreads: undefined })])

  const { format, columns } = JSON.parse(
    await readFile(join(folder, 'generator.json'), 'utf8'),
  ) as { format: number; columns: Record<string, unknown> }
  assert.equal(format, 1)
  assert.deepEqual(columns['k6WaitSeconds'], [0.1, 0.1, null])
  assert.equal('sandboxCpu' in columns, false)
})

test('a folder that is gone does not end a run', async (t) => {
  const folder = join(await createFolder(t), 'gone')
  await keepGenerator(folder, seconds(2))

  assert.equal(existsSync(folder), false)
})

async function createFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'k6-verdict-generator-'))
  t.after(() => rm(folder, { recursive: true }))
  return folder
}
