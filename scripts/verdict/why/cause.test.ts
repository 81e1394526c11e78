import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { projectPath } from '../../project.ts'
import { CAUSE_CODES } from './cause.ts'

test('docs/verdict.md has every code of a cause, and no other', () => {
  const text = readFileSync(projectPath('docs', 'verdict.md'), 'utf8')
  const documented = [...text.matchAll(/^\| `(WHY_\w+)`/gm)].map(([, code]) => code)
  assert.deepEqual(documented.sort(), [...CAUSE_CODES].sort())
})
