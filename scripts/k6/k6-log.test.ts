import assert from 'node:assert/strict'
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { projectPath } from '../core/project.ts'
import { readK6Log } from './k6-log.ts'

test('why k6 ended is its own last error, not what the script has logged before', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'k6v-log-'))
  t.after(() => rm(folder, { recursive: true }))
  const path = join(folder, 'k6.log')
  const lines = [
    'time="x" level=error msg="GET /v1/history rejected: body is no JSON" source=console',
    String.raw`time="x" level=error msg="Error: no stock\n\tat teardown (file:///script.js:3:9(4))\n" hint="script exception"`,
  ]
  await writeFile(path, lines.join('\n'))
  const { errors, lastOwnError } = readK6Log(path)
  assert.equal(errors.length, 2)
  assert.equal(lastOwnError, 'Error: no stock')
})

test('the log of a pod has what k6 prints too: its last progress says how many iterations were interrupted', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'k6v-log-'))
  t.after(() => rm(folder, { recursive: true }))
  const path = join(folder, 'k6.log')
  await writeFile(path, 'time="x" level=error msg="Request Failed"\n')
  assert.equal(readK6Log(path).interruptedIterations, undefined)

  await copyFile(projectPath('tests/support/k6/k6-output.txt'), path)
  assert.equal(readK6Log(path).interruptedIterations, 6)
})

test('what a target has answered is text in it, and no command for a terminal', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'k6v-log-'))
  t.after(() => rm(folder, { recursive: true }))
  const path = join(folder, 'k6.log')
  // As Go quotes it, and as k6 writes what needs no quotes.
  const quoted = String.raw`GoError: 101 \u001b[2J\u009b31m\u202egone`
  await writeFile(path, `level=error msg="${quoted}"\nlevel=error msg=a\u009bb\n`)
  assert.deepEqual(readK6Log(path).errors, [
    'GoError: 101 \uFFFD[2J\uFFFD31m\uFFFDgone',
    'a\uFFFDb',
  ])
})

test('iterations that threw are counted for each k6 scenario, and setup() is none', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'k6v-log-'))
  t.after(() => rm(folder, { recursive: true }))
  const path = join(folder, 'k6.log')
  const threw = (scenario: string): string =>
    String.raw`time="x" level=error msg="Error: x\n\tat a (file:///a.js:2:42(7))\n" executor=per-vu-iterations hint="script exception" scenario=${scenario} source=stacktrace`
  const setup = String.raw`time="x" level=error msg="Error: no\n\tat setup (file:///a.js:3:9(4))\n" hint="script exception"`
  await writeFile(path, [threw('buy'), threw('look'), threw('buy'), setup].join('\n'))
  const { exceptions, threwIn } = readK6Log(path)
  assert.deepEqual([exceptions, threwIn], [3, { buy: 2, look: 1 }])
})
