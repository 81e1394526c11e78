import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { projectPath } from '../core/project.ts'
import { AT_BEST } from './contradiction.ts'

for (const [makes, codes] of Object.entries(AT_BEST)) {
  test(`docs/verdict.md says the same of what makes a run ${makes}`, () => {
    const text = readFileSync(projectPath('docs', 'verdict.md'), 'utf8')
    const rows = [...text.matchAll(/^\| `(\w+)` +\| ([^|]*?) +\|/gm)]
    const documented = rows.flatMap(([, code = '', said]) => (said === makes ? [code] : []))
    // Those of an objective make the objective so, which says it itself.
    assert.deepEqual(
      codes.filter((code) => !documented.includes(code)),
      [],
    )
    if (makes === 'INVALID') assert.deepEqual([...documented].sort(), [...codes].sort())
  })
}
