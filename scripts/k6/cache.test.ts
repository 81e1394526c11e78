import assert from 'node:assert/strict'
import { mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { cachedK6Path, cacheFolder, installAtomically } from './cache.ts'
import { findK6 } from './find-k6.ts'
import { bareMachine } from '../../tests/support/k6/bare-machine.ts'
import { fakeK6, writeProgram } from '../../tests/support/k6/fake-k6.ts'
import { serveRelease, sha256, tarOf } from '../../tests/support/k6/release-server.ts'

const makeK6 = (folder: string): Promise<string> => writeProgram(join(folder, 'k6'), fakeK6())

test('the cache is in the home folder unless K6_VERDICT_CACHE says otherwise', () => {
  assert.equal(cacheFolder({ K6_VERDICT_CACHE: '/somewhere' }), '/somewhere')
  assert.ok(cacheFolder({}).startsWith(homedir()) || process.env['XDG_CACHE_HOME'])
  assert.match(cacheFolder({}), /k6-verdict/)
})

test('two installs at once both succeed and leave one whole k6', async (t) => {
  const archive = await tarOf('k6-v2.2.0-linux-amd64/k6', fakeK6())
  const waiting: (() => void)[] = []
  const { url } = await serveRelease(t, {
    'k6-v2.2.0-linux-amd64.tar.gz': (response) => {
      // Both are answered together, once both have asked.
      waiting.push(() => response.end(archive))
      if (waiting.length === 2) waiting.forEach((answer) => answer())
    },
  })
  const pinnedSha256 = { 'k6-v2.2.0-linux-amd64.tar.gz': sha256(archive) }
  const machine = await bareMachine(t, { env: { K6_DOWNLOAD_URL: url }, pinnedSha256 })

  const found = await Promise.all([findK6(machine.context), findK6(machine.context)])
  assert.deepEqual(
    found.map(({ source }) => source),
    ['download', 'download'],
  )
  assert.equal((await findK6(machine.context)).source, 'cache')
  assert.deepEqual(await machine.cached(), ['k6-v2.2.0-linux-x64'])
  assert.deepEqual(await readdir(dirname(cachedK6Path(machine.context))), ['k6'])
})

test('a k6 that is there and works is kept', async (t) => {
  const { context } = await bareMachine(t)
  const path = await writeProgram(cachedK6Path(context), fakeK6())
  const { ino } = await stat(path)

  await installAtomically(context, makeK6)
  assert.equal((await stat(path)).ino, ino)
})

test('a k6 that is there and broken is said and replaced', async (t) => {
  const archive = await tarOf('k6-v2.2.0-linux-amd64/k6', fakeK6())
  const { url } = await serveRelease(t, { 'k6-v2.2.0-linux-amd64.tar.gz': archive })
  const pinnedSha256 = { 'k6-v2.2.0-linux-amd64.tar.gz': sha256(archive) }
  const { context, said } = await bareMachine(t, { env: { K6_DOWNLOAD_URL: url }, pinnedSha256 })
  const path = await writeProgram(cachedK6Path(context), '#!/bin/sh\nexit 1')

  assert.equal((await findK6(context)).source, 'download')
  assert.equal(said[0], `skipped cache: ${path} "k6 version" exited with 1`)
  assert.match(await readFile(path, 'utf8'), /v2\.2\.0/)
})

test('what a killed install left behind is removed after a day', async (t) => {
  const { context, cache, cached } = await bareMachine(t)
  const dayAndMinuteAgo = new Date(Date.now() - 24 * 3_600_000 - 60_000)
  for (const name of ['.installing-old', '.installing-new', 'not-ours']) {
    await mkdir(join(cache, name), { recursive: true })
    if (name !== '.installing-new')
      await utimes(join(cache, name), dayAndMinuteAgo, dayAndMinuteAgo)
  }

  await installAtomically(context, makeK6)
  assert.deepEqual(await cached(), ['.installing-new', 'k6-v2.2.0-linux-x64', 'not-ours'])
})

test('a cache that cannot be written to is an error with a way out', async (t) => {
  const { context, cache } = await bareMachine(t)
  await writeFile(cache, 'a file where a folder should be')

  await assert.rejects(findK6(context), {
    code: 'K6V_CACHE_UNWRITABLE',
    exitCode: 1,
    hint: 'Set K6_VERDICT_CACHE to a folder you can write to, with 200 MB free.',
  })
})
