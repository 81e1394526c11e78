import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { sample, seconds } from '../verdict/generator/generator-example.ts'
import { keepGenerator, readGenerator } from './generator-file.ts'
import { perSecondOf } from './generator-per-second.ts'

test('what is kept of each second is read again', async (t) => {
  const folder = await createFolder(t)
  const samples = [...seconds(2), sample(3, { k6WaitingThreads: undefined })]
  await keepGenerator(folder, samples)

  assert.deepEqual(await readGenerator(folder), perSecondOf(samples))
  const { columns } = JSON.parse(await readFile(join(folder, 'generator.json'), 'utf8')) as {
    columns: Record<string, unknown>
  }
  assert.deepEqual(columns['k6WaitSeconds'], [0.1, 0.1, null])
  assert.equal('sandboxCpu' in columns, false)
})

test('a run without it has no seconds, and a folder that is gone does not end a run', async (t) => {
  const folder = join(await createFolder(t), 'gone')
  await keepGenerator(folder, seconds(2))

  assert.deepEqual(await readGenerator(folder), [])
})

async function createFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'k6-verdict-generator-'))
  t.after(() => rm(folder, { recursive: true }))
  return folder
}
