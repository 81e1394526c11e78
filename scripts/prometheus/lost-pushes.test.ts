import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { countPushes, lostPushesText } from './lost-pushes.ts'

const LOG = `time="…" level=info msg="k6-verdict start spike 1"
time="…" level=error msg="Failed to send the time series data to the endpoint" error="Post \\"http://x\\""
time="…" level=warning msg="Successful flush of 9 timeseries took 2s while the push interval is 1s. Some samples may be dropped." t=9
time="…" level=error msg="Failed to send the time series data to the endpoint" error="got status 401"
`

test('every lost push is counted, though the message is always the same', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'k6v-pushes-'))
  const logs = ['1', '2'].map((name) => join(folder, name))
  for (const log of logs) await writeFile(log, LOG)
  const known = { url: 'http://x', intervalSeconds: 5 }
  const pushes = countPushes({ ...known, own: { due: 5, lost: 1 }, logs, k6Seconds: 21 })
  await rm(folder, { recursive: true })
  // Two k6 of five pushes each, and five of the toolkit.
  assert.deepEqual(pushes, { ...known, due: 15, lost: 5, late: 2 })
})

test('what was lost or late is said, and else nothing', () => {
  const pushes = { url: '', intervalSeconds: 5, due: 15, lost: 0, late: 0 }
  assert.equal(lostPushesText(pushes), undefined)
  const lost = '4 of 15 pushes lost; Prometheus lacks part of this run'
  assert.equal(lostPushesText({ ...pushes, lost: 4 }), lost)
  assert.equal(
    lostPushesText({ ...pushes, late: 3 }),
    '3 took longer than the interval; none was lost',
  )
})
