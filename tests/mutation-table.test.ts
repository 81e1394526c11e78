// docs/verdict.md shows the table that the mutation tests run.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { projectPath } from '../scripts/core/project.ts'
import { REASON_CODES } from '../scripts/reasons/reasons.ts'
import { EXIT_CODES, MUTATIONS } from './mutation-table.ts'

test('docs/verdict.md has every mutation with its verdict, reason and exit code', () => {
  const text = readFileSync(projectPath('docs', 'verdict.md'), 'utf8')
  const section = text.slice(text.indexOf('## What cannot pass'), text.indexOf('## Reason codes'))
  const rows = section.split('\n').filter((line) => line.startsWith('| '))
  const cells = rows.slice(2).map((row) => row.split('|').slice(1, -1))
  assert.deepEqual(
    cells.map((row) => row.map((cell) => cell.trim())),
    MUTATIONS.map(({ title, verdict, code }) => [
      title,
      verdict,
      code === undefined ? '' : `\`${code}\``,
      String(EXIT_CODES[verdict]),
    ]),
  )
})

test('every reason that a mutation expects is a code', () => {
  for (const { code, title } of MUTATIONS) {
    assert.ok(code === undefined || REASON_CODES.includes(code), title)
  }
})
