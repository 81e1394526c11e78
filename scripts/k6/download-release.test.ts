import assert from 'node:assert/strict'
import { readFile, stat } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { test } from 'node:test'
import { cachedK6Path } from './cache.ts'
import { downloadRelease } from './download-release.ts'
import { findK6 } from './find-k6.ts'
import { bareMachine } from '../../tests/support/k6/bare-machine.ts'
import { fakeK6 } from '../../tests/support/k6/fake-k6.ts'
import { machineWithMirror } from '../../tests/support/k6/machine-with-mirror.ts'
import {
  checksumsOf,
  serveRelease,
  sha256,
  tarOf,
  zipOf,
} from '../../tests/support/k6/release-server.ts'
import { CHECKSUM_FILE } from './k6-version.ts'

const TAR = 'k6-v2.2.0-linux-amd64.tar.gz'
const MEMBER = 'k6-v2.2.0-linux-amd64/k6'
const program = fakeK6()
const archive = await tarOf(MEMBER, program)

test('the official release is downloaded, checked against the pinned checksum and kept', async (t) => {
  const pinnedSha256 = { [TAR]: sha256(archive) }
  const machine = await machineWithMirror(t, { [TAR]: archive }, { pinnedSha256 })
  const path = cachedK6Path(machine.context)

  const found = await findK6(machine.context)
  assert.deepEqual(found, { path, version: 'v2.2.0', source: 'download' })
  assert.deepEqual(machine.said, [
    `downloading k6 v2.2.0 from ${new URL(machine.url).host}`,
    `using k6 v2.2.0 (download): ${path}`,
  ])
  assert.equal(await readFile(path, 'utf8'), program)
  assert.equal((await stat(path)).mode & 0o777, 0o755)
  assert.deepEqual(await machine.cached(), ['k6-v2.2.0-linux-x64'])
  assert.deepEqual(
    machine.requests.map((request) => request.path),
    [`/releases/v2.2.0/${TAR}`],
  )
  assert.equal((await findK6(machine.context)).source, 'cache')
})

test("without a pinned checksum the release's own list is asked", async (t) => {
  const list = checksumsOf({ 'k6-v2.2.0-linux-arm64.tar.gz': Buffer.from('x'), [TAR]: archive })
  const { context } = await machineWithMirror(t, { [TAR]: archive, [CHECKSUM_FILE]: list })

  assert.equal((await findK6(context)).source, 'download')
})

for (const { platform, zip, member } of [
  { platform: 'darwin', zip: 'k6-v2.2.0-macos-arm64.zip', member: 'k6-v2.2.0-macos-arm64/k6' },
  {
    platform: 'win32',
    zip: 'k6-v2.2.0-windows-amd64.zip',
    member: 'k6-v2.2.0-windows-amd64/k6.exe',
  },
] as const) {
  test(`on ${platform} the release is a zip`, async (t) => {
    const content = zipOf(member, program)
    const files = { [zip]: content, [CHECKSUM_FILE]: checksumsOf({ [zip]: content }) }
    const arch = platform === 'darwin' ? 'arm64' : 'x64'
    const { context, cached } = await machineWithMirror(t, files, { platform, arch })

    const { path, source } = await findK6(context)
    assert.equal(source, 'download')
    assert.equal(await readFile(path, 'utf8'), program)
    assert.deepEqual(await cached(), [`k6-v2.2.0-${platform}-${arch}`])
  })
}

test('a mirror gets the user and password of its URL', async (t) => {
  const { url, requests } = await serveRelease(t, { [TAR]: archive })
  const K6_DOWNLOAD_URL = url.replace('http://', 'http://me:secret@')
  const pinnedSha256 = { [TAR]: sha256(archive) }
  const { context, said } = await bareMachine(t, { env: { K6_DOWNLOAD_URL }, pinnedSha256 })

  await findK6(context)
  assert.equal(requests[0]?.authorization, `Basic ${btoa('me:secret')}`)
  assert.ok(!said.join().includes('secret'))
})

test('a flipped byte is an error that stops, and leaves nothing behind', async (t) => {
  const flipped = Buffer.from(archive)
  flipped.writeUInt8(flipped.readUInt8(1_000) ^ 1, 1_000)
  const pinnedSha256 = { [TAR]: sha256(archive) }
  const { context, said, cached, url } = await machineWithMirror(
    t,
    { [TAR]: flipped },
    { pinnedSha256 },
  )

  await assert.rejects(findK6(context), {
    code: 'K6V_K6_CHECKSUM',
    exitCode: 1,
    message: `Expected the SHA-256 of ${url}/v2.2.0/${TAR} to be ${sha256(archive)}, got ${sha256(flipped)}`,
  })
  assert.deepEqual(await cached(), [])
  assert.equal(said.length, 1, 'no other way is tried')
})

test('a list without a line for the archive is an error, and the archive is not asked for', async (t) => {
  const list = checksumsOf({ 'other.tar.gz': archive })
  const machine = await machineWithMirror(t, { [TAR]: archive, [CHECKSUM_FILE]: list })

  await assert.rejects(findK6(machine.context), {
    code: 'K6V_K6_CHECKSUM_MISSING',
    message: `Expected ${machine.url}/v2.2.0/${CHECKSUM_FILE} to have a line for ${TAR}, got none`,
  })
  assert.deepEqual(await machine.cached(), [])
  assert.equal(machine.requests.length, 1)
})

test('a release that turns out to be another version is not installed', async (t) => {
  const content = await tarOf(MEMBER, fakeK6('v2.1.0'))
  const pinnedSha256 = { [TAR]: sha256(content) }
  const { context, cached } = await machineWithMirror(t, { [TAR]: content }, { pinnedSha256 })

  await assert.rejects(findK6(context), {
    code: 'K6V_K6_NOT_RUNNABLE',
    message: /it is v2.1.0, not v2.2.0$/,
  })
  assert.deepEqual(await cached(), [])
})

test('a machine without an official release goes on to the next way', async (t) => {
  const { context } = await bareMachine(t, { platform: 'freebsd' })

  assert.deepEqual(await downloadRelease(context), {
    skipped: 'k6 v2.2.0 is not published for freebsd on x64',
    expected: false,
  })
})

test('a slow download shows how far it is', async (t) => {
  const slowly = (response: ServerResponse): void => {
    response.writeHead(200, { 'content-length': archive.length })
    response.write(archive.subarray(0, archive.length / 2))
    setTimeout(() => response.end(archive.subarray(archive.length / 2)), 2_600)
  }
  const pinnedSha256 = { [TAR]: sha256(archive) }
  const { context, shown } = await machineWithMirror(t, { [TAR]: slowly }, { pinnedSha256 })

  await findK6(context)
  assert.match(shown[0] ?? '', /^downloading k6: (49|50) % of 0\.3 MB$/)
})

test('an interrupted download ends at once and leaves nothing behind', async (t) => {
  const interrupt = new AbortController()
  const given = { signal: interrupt.signal, pinnedSha256: { [TAR]: sha256(archive) } }
  const answer = (response: ServerResponse): void => {
    response.write('x', () => interrupt.abort())
  }
  const { context, cached, said } = await machineWithMirror(t, { [TAR]: answer }, given)

  await assert.rejects(findK6(context), { code: 'K6V_K6_INTERRUPTED', exitCode: 105 })
  assert.deepEqual(await cached(), [])
  assert.equal(said.length, 1, 'no build is begun')
})
