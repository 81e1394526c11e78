import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { downloadSource, PINNED_SHA256, PINNED_VERSION, releaseFor } from './k6-version.ts'

for (const { platform, arch, archive, member } of [
  {
    platform: 'linux',
    arch: 'x64',
    archive: 'k6-v2.2.0-linux-amd64.tar.gz',
    member: 'k6-v2.2.0-linux-amd64/k6',
  },
  {
    platform: 'linux',
    arch: 'arm64',
    archive: 'k6-v2.2.0-linux-arm64.tar.gz',
    member: 'k6-v2.2.0-linux-arm64/k6',
  },
  {
    platform: 'darwin',
    arch: 'x64',
    archive: 'k6-v2.2.0-macos-amd64.zip',
    member: 'k6-v2.2.0-macos-amd64/k6',
  },
  {
    platform: 'darwin',
    arch: 'arm64',
    archive: 'k6-v2.2.0-macos-arm64.zip',
    member: 'k6-v2.2.0-macos-arm64/k6',
  },
  {
    platform: 'win32',
    arch: 'x64',
    archive: 'k6-v2.2.0-windows-amd64.zip',
    member: 'k6-v2.2.0-windows-amd64/k6.exe',
  },
] as const) {
  test(`${platform} on ${arch} takes ${archive}`, () => {
    const release = releaseFor(platform, arch)

    assert.equal(release?.archive, archive)
    assert.equal(release.member, member)
    assert.ok(archive.endsWith(`.${release.kind}`))
  })
}

for (const [platform, arch] of [
  ['win32', 'arm64'],
  ['linux', 'ia32'],
  ['freebsd', 'x64'],
] as const) {
  test(`${platform} on ${arch} has no official release`, () => {
    assert.equal(releaseFor(platform, arch), undefined)
  })
}

test('a pinned checksum names an archive that a machine can ask for', () => {
  assert.deepEqual(Object.keys(PINNED_SHA256), [releaseFor('linux', 'x64')?.archive])
})

test('the version that is downloaded is the version that is built', async () => {
  const goMod = await readFile(join(import.meta.dirname, '../../tools/k6/go.mod'), 'utf8')

  assert.match(goMod, new RegExp(`^require go\\.k6\\.io/k6/v2 ${PINNED_VERSION}$`, 'm'))
})

test('releases come from GitHub unless a mirror is named', () => {
  const official = 'https://github.com/grafana/k6/releases/download/v2.2.0'

  assert.deepEqual(downloadSource({}), { baseUrl: official, headers: {} })
  assert.equal(
    downloadSource({ K6_DOWNLOAD_URL: 'https://mirror.example/k6/' }).baseUrl,
    'https://mirror.example/k6/v2.2.0',
  )
})

test("a mirror's user and password become a header and leave the URL", () => {
  const env = { K6_DOWNLOAD_URL: 'https://me:p%40ss@mirror.example/k6' }

  assert.deepEqual(downloadSource(env), {
    baseUrl: 'https://mirror.example/k6/v2.2.0',
    headers: { authorization: `Basic ${Buffer.from('me:p@ss').toString('base64')}` },
  })
})

for (const url of ['mirror.example/k6', 'file:///srv/k6']) {
  test(`K6_DOWNLOAD_URL=${url} is refused`, () => {
    assert.throws(() => downloadSource({ K6_DOWNLOAD_URL: url }), { code: 'K6V_K6_DOWNLOAD_URL' })
  })
}
