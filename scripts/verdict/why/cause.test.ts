import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { projectPath } from '../../core/project.ts'
import { CAUSE_CODES, coincidence } from './cause.ts'

test('docs/verdict.md has every code of a cause, and no other', () => {
  const text = readFileSync(projectPath('docs', 'verdict.md'), 'utf8')
  const documented = [...text.matchAll(/^\| `(WHY_\w+)`/gm)].map(([, code]) => code)
  assert.deepEqual(documented.sort(), [...CAUSE_CODES].sort())
})

test('a standstill is a time without responses: requests may go on', () => {
  assert.equal(coincidence('STANDSTILL', 2, 3).text, 'no response arrived in 2 of those 3 s')
})
