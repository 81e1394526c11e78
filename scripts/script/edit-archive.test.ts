import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { realK6 } from '../../tests/k6.ts'
import { metadataOf } from './archive-script.ts'
import { editArchive } from './edit-archive.ts'

test('k6 runs an archive with the options that were put in, longer ones too', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'k6v-archive-'))
  const [script, archive, summary] = ['a.js', 'a.tar', 's.json'].map((name) => join(folder, name))
  if (!script || !archive || !summary) throw new Error('Expected three paths')
  await writeFile(join(folder, 'rows.json'), '[1]')
  await writeFile(
    script,
    `const rows = JSON.parse(open('./rows.json'))
export const options = { iterations: 1 }
export function many() { if (rows.length !== 1) throw new Error('no rows') }
export default many`,
  )
  const { path } = await realK6()
  const env = { ...process.env, K6_NO_USAGE_REPORT: 'true' }
  execFileSync(path, ['archive', '-O', archive, script], { env, stdio: 'pipe' })
  const scenarios = { many: { executor: 'per-vu-iterations', vus: 2, iterations: 3, exec: 'many' } }
  const before = await readFile(archive)
  await editArchive(archive, ({ options, ...rest }) => ({
    ...rest,
    options: {
      ...options,
      ...{ iterations: null, scenarios: scenarios as never },
      tags: { padding: 'x'.repeat(3_000) },
    },
  }))
  assert.equal((await metadataOf(archive)).options.iterations, null)
  // Whatever comes after the metadata, in its order.
  const data = before.indexOf('data\0')
  assert.ok(data > 0)
  assert.deepEqual(
    (await readFile(archive)).subarray(-(before.length - data)),
    before.subarray(data),
  )
  execFileSync(path, ['run', '-q', `--summary-export=${summary}`, archive], { env, stdio: 'pipe' })
  const { metrics } = JSON.parse(await readFile(summary, 'utf8')) as {
    metrics: { iterations: { count: number } }
  }
  assert.equal(metrics.iterations.count, 6)
})
