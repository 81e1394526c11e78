// Two JavaScript engines must see one stream: Node labels what k6 has sent.
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { execa } from 'execa'
import { streamHash } from './fixtures/data-generators/stream-hash.ts'
import { realK6 } from './k6.ts'

const SCRIPT = fileURLToPath(new URL('fixtures/data-generators/stream-hash.ts', import.meta.url))

test('k6 and Node generate the same prompts', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'k6v-data-'))
  try {
    const outfile = join(folder, 'script.js')
    await build({ entryPoints: [SCRIPT], outfile, bundle: true, format: 'esm', target: 'es2022' })
    const { path: k6 } = await realK6()
    const { stderr } = await execa(k6, ['run', '--quiet', '--log-format=raw', outfile], {
      env: { K6_NO_USAGE_REPORT: 'true', K6_AUTO_EXTENSION_RESOLUTION: 'false' },
      timeout: 60_000,
    })

    assert.match(stderr, new RegExp(`^stream ${streamHash(1)} ${streamHash(4_294_967_295)}$`, 'm'))
  } finally {
    await rm(folder, { recursive: true })
  }
})
