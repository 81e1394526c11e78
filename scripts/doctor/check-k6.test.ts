import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { bareMachine } from '../../tests/support/k6/bare-machine.ts'
import { fakeK6, fakeOldK6, writeProgram } from '../../tests/support/k6/fake-k6.ts'
import { machineWithMirror } from '../../tests/support/k6/machine-with-mirror.ts'
import { checkGo, checkK6 } from './check-k6.ts'

const GO = "#!/bin/sh\necho 'go version go1.26.8 linux/amd64'"
const OLD_GO = "#!/bin/sh\necho 'go version go1.22.1 linux/amd64'"

test('the k6 that a run would use is named, with its source', async (t) => {
  const { bin, context } = await bareMachine(t)
  const path = await writeProgram(join(bin, 'k6'), fakeK6())

  assert.deepEqual(await checkK6(context), {
    name: 'k6',
    found: `v2.2.0 (PATH): ${path}`,
    ok: true,
  })
})

test('a K6_BIN that cannot be used keeps a run from working', async (t) => {
  const { context } = await bareMachine(t, { env: { K6_BIN: '/nowhere/k6' } })

  const { ok, found, advice } = await checkK6(context)
  assert.equal(ok, false)
  assert.match(found, /\/nowhere\/k6: there is no such file/)
  assert.match(advice ?? '', /Point K6_BIN at a k6/)
})

test('where the release can be reached, it would be downloaded; nothing is installed', async (t) => {
  const files = { 'k6-v2.2.0-linux-amd64.tar.gz': 'not read' }
  const { bin, context } = await machineWithMirror(t, files)
  const old = await writeProgram(join(bin, 'k6'), fakeOldK6('v0.57.0'))

  assert.deepEqual(await checkK6(context), {
    name: 'k6',
    found: `none yet: the first run would download v2.2.0; skipped PATH: ${old} is v0.57.0, and this project needs >= 2.0 and < 3`,
    ok: true,
  })
  assert.deepEqual(await readdir(dirname(bin)), ['bin'])
})

test('where only Go is there, k6 would be built', async (t) => {
  const { bin, context } = await bareMachine(t)
  await writeProgram(join(bin, 'go'), GO)

  const { ok, found } = await checkK6(context)
  assert.equal(ok, true)
  assert.match(
    found,
    /^none yet: the first run would build v2\.2\.0 with go1\.26\.8, about a minute/,
  )
  assert.match(found, /ECONNREFUSED/)
})

test('where no way is left, a run cannot work', async (t) => {
  const { bin, context } = await bareMachine(t)
  await writeProgram(join(bin, 'go'), OLD_GO)

  const { ok, found, advice } = await checkK6(context)
  assert.equal(ok, false)
  assert.match(found, /^none: no download: .*ECONNREFUSED.*go is go1\.22\.1, and building k6/)
  assert.match(advice ?? '', /K6_BIN.*K6_DOWNLOAD_URL.*Go 1\.26/)
})

test('a K6_DOWNLOAD_URL that is no URL is told as such', async (t) => {
  const { context } = await bareMachine(t, { env: { K6_DOWNLOAD_URL: 'mirror' } })

  assert.match((await checkK6(context)).found, /^Expected K6_DOWNLOAD_URL to be/)
})

for (const { script, found, ok } of [
  { script: GO, found: /^go1\.26\.8: /, ok: true },
  { script: OLD_GO, found: /^go1\.22\.1$/, ok: 'optional' },
  { script: undefined, found: /^none$/, ok: 'optional' },
]) {
  test(`Go found as ${found.source} is ${ok === true ? 'enough' : 'a gap, but an optional one'}`, async (t) => {
    const { bin, context } = await bareMachine(t)
    if (script !== undefined) await writeProgram(join(bin, 'go'), script)

    const go = await checkGo(context)
    assert.match(go.found, found)
    assert.equal(go.ok, ok)
  })
}
