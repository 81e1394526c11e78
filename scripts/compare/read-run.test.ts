import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { createRun } from '../../tests/support/compare/example-figures.ts'
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
  { title: 'no JSON', content: '{ "format"', says: /to be a baseline: it is not JSON/ },
  {
    title: 'another file',
    content: '{"kind":"pairs"}',
    says: /kind to be "baseline", got "pairs"/,
  },
  { title: 'null', content: 'null', says: /the file to be object, got null/ },
  {
    title: 'another format',
    content: '{"kind":"baseline","format":2}',
    says: /format to be 1, got 2/,
  },
  { title: 'a part of one', content: JSON.stringify(lacking), says: /expected seed, got nothing$/ },
  {
    title: 'a number that is text',
    content: JSON.stringify({ ...createRun({ plan, seed }), timeScale: '1' }),
    says: /expected timeScale to be number, got "1"$/,
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
