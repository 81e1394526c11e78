import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { sparedScript } from './kept-script.ts'

const MAP = '{"version":3,"sources":[],"names":[],"mappings":""}'

test('a script is kept until what it was made of, or the kept one, changes', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'k6v-kept-'))
  try {
    const path = join(folder, 'script.js')
    const raw = { script: 'var a = 1;\nexport { a };\n', sourceMap: MAP }
    const first = await sparedScript(path, raw)
    assert.match(first.script, /^let a = 1;/)
    const { key, ...made } = first
    assert.ok(key)

    // As bundleScenario() leaves them; a kept script is taken as it stands.
    const write = async (script: string, text: string): Promise<void> => {
      await writeFile(path, script)
      await writeFile(`${path}.map`, first.sourceMap)
      await writeFile(`${path}.key`, text)
    }
    await write(first.script, key.text)
    assert.deepEqual(await sparedScript(path, raw), made)

    await write('tampered', key.text)
    assert.deepEqual(await sparedScript(path, raw), first)

    const other = await sparedScript(path, { ...raw, script: 'var b = 2;\nexport { b };\n' })
    assert.match(other.script, /^let b = 2;/)
    assert.notEqual(other.key?.text, key.text)
  } finally {
    await rm(folder, { recursive: true })
  }
})
