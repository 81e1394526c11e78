import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { test } from 'node:test'
import { writeProgram } from '../../tests/support/k6/fake-k6.ts'
import { endTree } from './processes.ts'

test('on Windows taskkill ends a process, with those below it and without asking', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'k6v-end-tree-'))
  const path = process.env['PATH'] ?? ''
  t.after(async () => {
    process.env['PATH'] = path
    await rm(folder, { recursive: true })
  })
  process.env['PATH'] = `${folder}${delimiter}${path}`
  await writeProgram(join(folder, 'taskkill'), `#!/bin/sh\necho "$@" > "${folder}/said"\n`)

  endTree(4711)
  assert.equal(readFileSync(join(folder, 'said'), 'utf8'), '/pid 4711 /t /f\n')
})
