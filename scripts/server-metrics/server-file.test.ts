import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { copyServerMetrics, readServerMetrics, SERVER_METRICS_FILE } from './server-file.ts'

test('of several machines the first that has read the metrics of a target gives them', async (t) => {
  const root = await mkdtemp(join(tmpdir(), 'k6v-copies-'))
  t.after(() => rm(root, { recursive: true, force: true }))
  const [none = '', first = '', second = '', merged = ''] = await Promise.all(
    ['none', 'first', 'second', 'merged'].map(async (name) => {
      const folder = join(root, name)
      await mkdir(folder)
      return folder
    }),
  )
  for (const folder of [first, second]) {
    const line = { server: 0, url: `http://${folder === first ? 'a' : 'b'}/metrics` }
    await writeFile(join(folder, SERVER_METRICS_FILE), `${JSON.stringify(line)}\n`)
  }
  await copyServerMetrics([none, first, second], merged)
  const read = await readServerMetrics(merged)
  assert.deepEqual(
    read?.servers.map(({ url }) => url),
    ['http://a/metrics'],
  )
  await copyServerMetrics([none], second)
  assert.equal((await readServerMetrics(none))?.servers, undefined)
})
