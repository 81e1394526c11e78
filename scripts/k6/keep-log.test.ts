import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import { keepLog } from './k6-log.ts'

test('a log is kept line by line, without the queries of URLs, behind what is there', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'k6v-log-'))
  t.after(() => rm(folder, { recursive: true }))
  const path = join(folder, 'k6.log')
  await keepLog(Readable.from(['first\n']), path)
  await keepLog(Readable.from(['Get http://h/a?k=SEC', 'RET refused\nla', 'st']), path)

  assert.equal(await readFile(path, 'utf8'), 'first\nGet http://h/a?k=*** refused\nlast\n')
})

test('a log that cannot be written is read to its end all the same', async () => {
  const log = Readable.from(Array.from({ length: 1_000 }, () => `${'x'.repeat(1_000)}\n`))
  await keepLog(log, '/dev/full')

  assert.equal(log.readableEnded, true)
})
