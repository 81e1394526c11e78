import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { readDataFile } from './data-file.ts'

test('a text that is no YAML has its first faults told, and not the whole of it', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'k6v-data-file-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const path = join(folder, 'page.yaml')
  const table = `| ${'a wide cell '.repeat(40)} |\n\n`
  await writeFile(path, `# Title\n\nSome words: and more: here\n\n${table.repeat(20)}`)

  const read = await readDataFile(path)
  assert.ok('faults' in read)
  assert.equal(read.faults.length, 6)
  assert.match(read.faults.at(-1)?.message ?? '', /^and \d+ more, which may follow from these$/)
  assert.ok(read.faults.every(({ message }) => message.length <= 161))
})
