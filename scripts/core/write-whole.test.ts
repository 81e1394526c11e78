import assert from 'node:assert/strict'
import { lstat, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { execa } from 'execa'
import { projectPath } from './project.ts'
import { writeJson, writeWhole } from './write-whole.ts'

async function exampleFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'k6v-write-whole-'))
  t.after(() => rm(folder, { recursive: true }))
  return folder
}

test('a file is replaced, and nothing else is left beside it', async (t) => {
  const folder = await exampleFolder(t)
  await writeWhole(join(folder, 'run.json'), 'old')
  await writeJson(join(folder, 'run.json'), { id: 'new' })
  assert.equal(await readFile(join(folder, 'run.json'), 'utf8'), '{\n  "id": "new"\n}\n')
  assert.deepEqual(await readdir(folder), ['run.json'])
})

test('a file that cannot be written leaves the old one, and nothing half', async (t) => {
  const folder = await exampleFolder(t)
  const path = join(folder, 'run.json')
  await mkdir(path)
  await writeFile(join(path, 'kept'), '')
  await assert.rejects(writeWhole(path, 'new'))
  assert.deepEqual(await readdir(folder), ['run.json'])
  assert.deepEqual(await readdir(path), ['kept'])
})

test('a write that is cut off leaves the old file whole', async (t) => {
  const folder = await exampleFolder(t)
  const path = join(folder, 'run.json')
  await writeFile(path, 'old')
  // The system lets the process write a part of it only, as a full disk would.
  const program = 'tests/support/files/write-megabyte.ts'
  const { stderr } = await execa(
    'bash',
    ['-c', `ulimit -f 100; exec node scripts/start.mjs ${program} "$1"`, 'bash', path],
    { cwd: projectPath(), reject: false, timeout: 60_000 },
  )
  assert.match(stderr, /EFBIG/)
  assert.deepEqual(await readdir(folder), ['run.json'])
  assert.equal(await readFile(path, 'utf8'), 'old')
})

test('a link that lies where the new file is written is not followed', async (t) => {
  const folder = await exampleFolder(t)
  const elsewhere = join(folder, 'elsewhere')
  await writeFile(elsewhere, 'kept')
  await symlink(elsewhere, join(folder, 'run.json.partial'))
  await writeWhole(join(folder, 'run.json'), 'new')
  assert.equal(await readFile(elsewhere, 'utf8'), 'kept')
  assert.equal(await readFile(join(folder, 'run.json'), 'utf8'), 'new')
  assert.ok((await lstat(join(folder, 'run.json'))).isFile())
})
