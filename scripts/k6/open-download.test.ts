import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { test } from 'node:test'
import { downloadRelease } from './download-release.ts'
import { bareMachine } from '../../tests/support/k6/bare-machine.ts'
import { fakeK6 } from '../../tests/support/k6/fake-k6.ts'
import { machineWithMirror } from '../../tests/support/k6/machine-with-mirror.ts'
import { sha256, tarOf } from '../../tests/support/k6/release-server.ts'

const TAR = 'k6-v2.2.0-linux-amd64.tar.gz'
const MEMBER = 'k6-v2.2.0-linux-amd64/k6'
const archive = await tarOf(MEMBER, fakeK6())

function dropHalfWay(response: ServerResponse): void {
  response.writeHead(200, { 'content-length': archive.length })
  response.write(archive.subarray(0, archive.length / 2), () => response.destroy())
}

for (const { what, files, limits, reason } of [
  { what: 'is missing', files: {}, reason: /HTTP 404$/ },
  {
    what: 'breaks off half-way',
    files: { [TAR]: dropHalfWay },
    reason: /(other side closed|aborted|terminated)$/,
  },
  {
    what: 'is never answered',
    files: { [TAR]: () => undefined },
    limits: { answerTimeoutMs: 200 },
    reason: /no answer within 0.2 s$/,
  },
  {
    what: 'stands still',
    files: { [TAR]: (response: ServerResponse) => void response.write('x') },
    limits: { idleTimeoutMs: 200 },
    reason: /nothing received for 0.2 s$/,
  },
]) {
  test(`a download that ${what} is skipped and leaves nothing behind`, async (t) => {
    const given = { pinnedSha256: { [TAR]: sha256(archive) }, ...limits }
    const { context, cached, url } = await machineWithMirror(t, files, given)

    const attempt = await downloadRelease(context)
    assert.ok('skipped' in attempt && !attempt.expected)
    assert.match(attempt.skipped, reason)
    assert.ok(attempt.skipped.startsWith(`could not download ${url}/v2.2.0/${TAR}: `))
    assert.deepEqual(await cached(), [])
  })
}

for (const { what, url, reason } of [
  { what: 'refuses the connection', url: undefined, reason: /ECONNREFUSED/ },
  { what: 'has no address', url: 'http://k6-verdict.invalid', reason: /ENOTFOUND|EAI_AGAIN/ },
]) {
  test(`a server that ${what} is skipped`, async (t) => {
    const { context, cached } = await bareMachine(t, { env: url ? { K6_DOWNLOAD_URL: url } : {} })

    const attempt = await downloadRelease(context)
    assert.match('skipped' in attempt ? attempt.skipped : '', reason)
    assert.deepEqual(await cached(), [])
  })
}
