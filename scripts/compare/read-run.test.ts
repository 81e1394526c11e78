import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { createRun } from './example-figures.ts'
import { readRun } from './read-run.ts'
import { saveBaseline } from './save-baseline.ts'

async function baselineFile(content: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'k6v-baseline-'))
  const path = join(folder, 'baseline.json')
  await writeFile(path, content)
  return path
}

test('a baseline file is read as it was written', async () => {
  const path = await baselineFile(JSON.stringify(createRun()))
  assert.deepEqual(await readRun(path), createRun())
})

const { plan, seed, ...lacking } = createRun()
for (const { title, content, says } of [
  { title: 'no JSON', content: '{ "format"', says: /to be a baseline: .*JSON/ },
  { title: 'another file', content: '{"kind":"pairs"}', says: /its "kind" is not "baseline"/ },
  { title: 'null', content: 'null', says: /its "kind" is not "baseline"/ },
  {
    title: 'another format',
    content: '{"kind":"baseline","format":2}',
    says: /its "format" is not 1 but 2/,
  },
  { title: 'a part of one', content: JSON.stringify(lacking), says: /it lacks seed, plan$/ },
  {
    title: 'a number that is text',
    content: JSON.stringify({ ...createRun({ plan, seed }), timeScale: '1' }),
    says: /it lacks timeScale$/,
  },
]) {
  test(`${title} is no baseline`, async () => {
    const path = await baselineFile(content)
    await assert.rejects(readRun(path), says)
    await rm(path)
  })
}

test('a baseline that cannot be written says where', async () => {
  const path = await baselineFile(JSON.stringify(createRun()))
  const nowhere = join(path, 'no-folder.json')
  await assert.rejects(saveBaseline(path, nowhere), /Expected to write .*no-folder\.json, got:/)
})
