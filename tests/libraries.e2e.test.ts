// Every script of docs/libraries.md, in the real k6 against the sandbox.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type RunningSandbox, startSandbox } from '../scripts/plan/sandbox-process.ts'
import { documents } from './documents.ts'
import { runLibrary } from './library-run.ts'

const page = documents().find(({ file }) => file === join('docs', 'libraries.md'))?.text ?? ''
const scripts = [...page.matchAll(/^## (\S+)\n\n```ts\n([^]*?)```/gm)]

let sandbox: RunningSandbox

before(async () => {
  sandbox = await startSandbox({ systems: ['all'] })
})
after(() => sandbox.stop())

test('there is a script for each of the three libraries', () => {
  assert.deepEqual(
    scripts.map(([, library]) => library),
    ['auth-setup', 'data-generators', 'metric-validators'],
  )
})

for (const [, library = '', text = ''] of scripts) {
  test(`${library} works in a script of its own`, async () => {
    const env = { BASE_URL: sandbox.url }
    const { exitCode, stderr } = await runLibrary({ script: { text, folder: 'docs' }, env })

    // Its thresholds ask for more than that it ends.
    assert.equal(exitCode, 0, stderr)
    assert.doesNotMatch(stderr, /level=error/)
  })
}
