import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findK6 } from './find-k6.ts'
import { fakeK6 } from '../../tests/support/k6/fake-k6.ts'
import { machineWithMirror } from '../../tests/support/k6/machine-with-mirror.ts'
import { sha256, tarOf, zipOf } from '../../tests/support/k6/release-server.ts'

const TAR = 'k6-v2.2.0-linux-amd64.tar.gz'
const MEMBER = 'k6-v2.2.0-linux-amd64/k6'
const program = fakeK6()
const archive = await tarOf(MEMBER, program)

const truncated = archive.subarray(0, archive.length - 5_000)
const outside = await tarOf('elsewhere/k6', program)
const link = await tarOf(MEMBER, { linkTo: '/bin/sh' })
for (const { what, content, problem } of [
  { what: 'is truncated', content: truncated, problem: /unexpected end of file|Truncated/ },
  {
    what: 'has no k6 where it should be',
    content: outside,
    problem: /no file k6-v2.2.0-linux-amd64\/k6/,
  },
  { what: 'has a link for a k6', content: link, problem: /no file k6-v2.2.0-linux-amd64\/k6/ },
  {
    what: 'is not an archive',
    content: Buffer.from('<html>Sign in</html>'),
    problem: /TAR_BAD_ARCHIVE|no file/,
  },
]) {
  test(`an archive with the right checksum that ${what} is an error`, async (t) => {
    const pinnedSha256 = { [TAR]: sha256(content) }
    const { context, cached } = await machineWithMirror(t, { [TAR]: content }, { pinnedSha256 })

    await assert.rejects(findK6(context), { code: 'K6V_K6_ARCHIVE', message: problem })
    assert.deepEqual(await cached(), [])
  })
}

test('a truncated zip is an error', async (t) => {
  const zip = 'k6-v2.2.0-macos-amd64.zip'
  const content = zipOf('k6-v2.2.0-macos-amd64/k6', program).subarray(0, -100)
  const pinnedSha256 = { [zip]: sha256(content) }
  const given = { pinnedSha256, platform: 'darwin' } as const
  const { context, cached } = await machineWithMirror(t, { [zip]: content }, given)

  await assert.rejects(findK6(context), { code: 'K6V_K6_ARCHIVE' })
  assert.deepEqual(await cached(), [])
})
