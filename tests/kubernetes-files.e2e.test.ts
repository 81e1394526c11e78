// Files of a workload travel to Kubernetes with its script.
import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { execa } from 'execa'
import { parse } from 'yaml'
import type { ConfigMap } from '../scripts/engines/kubernetes/config-map.ts'
import type { TestRun } from '../scripts/engines/kubernetes/test-run.ts'
import { SEND } from './as-in-k6.ts'
import { withEchoServer } from './bench/echo-server.ts'
import { cli } from './cli.ts'
import { specOf } from './k6-operator.ts'
import { realK6 } from './k6.ts'
import { writtenWorkload } from './written-workload.ts'

test('a script that opens a file goes to the cluster as an archive, without its environment', async (t) => {
  const { folder, args } = await writtenWorkload(t, {
    init: [
      "const row = open('./rows.csv')",
      "const token = requiredEnv('SHOP_TOKEN')",
      "const key = __ENV.SHOP_KEY ?? ''",
    ].join('\n'),
    run: `${SEND} { ok: () => row === 'x' && token === 'of the cluster' && key === '' })`,
    files: { 'rows.csv': 'x' },
  })
  const env = { SHOP_KEY: 'hunter2-of-this-shell' }
  const { exitCode, stderr, runs } = await cli(['smoke', '--kubernetes', ...args], { env })
  assert.equal(exitCode, 0, stderr)
  const manifest = async (name: string): Promise<unknown> =>
    parse(await readFile(join(runs[0] ?? '', 'kubernetes', name), 'utf8'))
  const testRun = (await manifest('test-run.yaml')) as TestRun
  assert.equal(specOf(testRun).script.configMap?.file, 'script.tar')
  const { binaryData = {} } = (await manifest('config-map.yaml')) as ConfigMap
  const archive = Buffer.from(binaryData['script.tar'] ?? '', 'base64')
  assert.ok(!archive.includes('hunter2'))

  await rm(folder, { recursive: true })
  const pod = await mkdtemp(join(tmpdir(), 'k6v-pod-'))
  t.after(() => rm(pod, { recursive: true }))
  await writeFile(join(pod, 'script.tar'), archive)
  const { path: k6 } = await realK6()
  const inPod = { cwd: pod, env: { K6_NO_USAGE_REPORT: 'true', SHOP_TOKEN: 'of the cluster' } }
  // The initializer makes an archive of it once more.
  const values = ['-e', 'SHOP_TOKEN=of the cluster']
  await execa(k6, ['archive', 'script.tar', ...values, '-O', 'archive.tar'], inPod)
  const ran = await withEchoServer((url) =>
    execa(k6, ['run', '--quiet', '-e', `BASE_URL=${url}`, 'archive.tar'], {
      ...inPod,
      reject: false,
    }),
  )
  assert.equal(ran.exitCode, 0, ran.stdout + ran.stderr)
})
