// Two JavaScript engines must see one stream: Node labels what k6 has sent.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { streamHash } from './fixtures/data-generators/stream-hash.ts'
import { runLibrary } from './library-run.ts'

test('k6 and Node generate the same prompts', async () => {
  const script = { file: 'tests/fixtures/data-generators/stream-hash.ts' }
  const { stderr } = await runLibrary({ script, args: ['--log-format=raw'] })

  assert.match(stderr, new RegExp(`^stream ${streamHash(1)} ${streamHash(4_294_967_295)}$`, 'm'))
})
